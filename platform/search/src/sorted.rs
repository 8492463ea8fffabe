//! A part of many things in order, without ordering all of them.

/// The things from `offset` on, at most `limit`, in ascending order. The cost grows with the number of things, not with
/// the offset.
pub(crate) fn window<T: PartialOrd>(mut all: Vec<T>, offset: usize, limit: usize) -> Vec<T> {
    let order = |a: &T, b: &T| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal);
    if offset >= all.len() || limit == 0 {
        return Vec::new();
    }
    if offset > 0 {
        all.select_nth_unstable_by(offset, order);
        all.drain(..offset);
    }
    if limit < all.len() {
        all.select_nth_unstable_by(limit, order);
        all.truncate(limit);
    }
    all.sort_unstable_by(order);
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_window_is_what_sorting_everything_gives(list in proptest::collection::vec(0_u32..50, 0..60), offset in 0_usize..70, limit in 0_usize..20) {
            let keyed: Vec<(u32, usize)> = list.into_iter().enumerate().map(|(at, n)| (n, at)).collect();
            let mut whole = keyed.clone();
            whole.sort_unstable();
            let expected: Vec<_> = whole.into_iter().skip(offset).take(limit).collect();
            prop_assert_eq!(window(keyed, offset, limit), expected);
        }
    }
}
