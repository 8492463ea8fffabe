use super::Place;

const BODY: &str = "①会議を開く。年2回。\n②相談窓口を医師会に置く。";

#[test]
fn words_find_their_place() {
    let place = |paragraph, start, end| {
        Some(Place {
            paragraph,
            start,
            end,
        })
    };
    assert_eq!(Place::between(BODY, "会議", ""), place(0, 1, 3));
    assert_eq!(Place::between(BODY, "会議", "2回。"), place(0, 1, 11));
    assert_eq!(Place::between(BODY, "相談", "置く"), place(1, 1, 12));
    assert_eq!(Place::between(BODY, "会議", "医師会"), None);
    assert_eq!(Place::between(BODY, "", "会議"), None);
    assert_eq!(
        place(1, 1, 5).and_then(|p| p.quote(BODY)).as_deref(),
        Some("相談窓口")
    );
}

#[test]
fn an_old_quote_is_found_again_or_near() {
    let new = "①会議を開催。\n②在宅医療の相談窓口を医師会と歯科医師会に置く。";
    assert_eq!(
        Place::find_again(new, "相談窓口を医師会"),
        Place::between(new, "相談窓口を医師会", "").map(|p| (p, true))
    );
    let (near, exact) = Place::find_again(new, "相談窓口を医師会に置く。").expect("near");
    assert!(!exact);
    assert_eq!(near.paragraph, 1);
    assert_eq!(
        Place::find_again(new, "観光地であることからバスが満員"),
        None
    );
}
