//! What the address of the board says: view, filters, place. A saved view is nothing but such an address.

use kernel::Time;
use web::Values;

use crate::{
    model::{Kind, Range, SCENES, WITHDRAWN, items},
    store::{Filter, Key},
};

/// How the entries are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// What the area does and what is hard, on one page.
    Overview,
    /// Columns by state.
    Board,
    /// Rows.
    Table,
    /// Under the goal of each scene.
    Goals,
}

impl View {
    pub(crate) const ALL: [Self; 4] = [Self::Overview, Self::Board, Self::Table, Self::Goals];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Board => "board",
            Self::Table => "table",
            Self::Goals => "goals",
        }
    }
}

/// The address in parts. Words that mean nothing are left out, so that an old link still opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) view: Option<View>,
    pub(crate) filter: Filter,
    pub(crate) after: Option<Key>,
}

impl Asked {
    pub(crate) fn of(values: &Values) -> Self {
        let some = |name: &str| Some(values.text(name).to_owned()).filter(|v| !v.is_empty());
        let digits = |v: &String| v.len() == 6 && v.bytes().all(|b| b.is_ascii_digit());
        let word = |v: &String| {
            v.len() <= 40
                && v.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        };
        let scene = |v: &String| SCENES.contains(&v.as_str());
        let kind = Kind::from_code(values.text("kind"));
        let status = some("status")
            .filter(|s| s == WITHDRAWN || Kind::ALL.iter().any(|k| k.has_status(s)))
            .filter(|s| kind.is_none_or(|k| k.has_status(s)));
        Self {
            view: View::ALL
                .into_iter()
                .find(|view| view.code() == values.text("view")),
            filter: Filter {
                kind,
                status,
                municipality: some("m").filter(digits),
                district: some("d").filter(word),
                item: some("item").filter(|v| items().any(|c| v.chars().eq([c]))),
                scene: some("scene").filter(scene),
                range: Range::from_code(values.text("range")),
                goal: some("goal").filter(scene),
                under: None,
                text: some("q").map(|v| v.chars().take(100).collect()),
            },
            after: some("after").and_then(|v| key(&v)),
        }
    }

    /// The part after the question mark, with `change` made to a copy first; the place in the list is left out.
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut new = self.clone();
        new.after = None;
        change(&mut new);
        new.query()
    }

    /// The part after the question mark; empty when everything is at its default.
    pub(crate) fn query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        let mut put = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                out.append_pair(name, value);
            }
        };
        put("view", self.view.map(View::code));
        let f = &self.filter;
        put("kind", f.kind.map(Kind::code));
        put("status", f.status.as_deref());
        put("m", f.municipality.as_deref());
        put("d", f.district.as_deref());
        put("item", f.item.as_deref());
        put("scene", f.scene.as_deref());
        put("range", f.range.map(Range::code));
        put("goal", f.goal.as_deref());
        put("q", f.text.as_deref());
        let after = self.after.map(|key| format!("{}.{}", key.at.0, key.id));
        put("after", after.as_deref());
        out.finish()
    }

    /// The whole address of a list with a change, without the base path.
    pub(crate) fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let query = self.with(change);
        if query.is_empty() {
            "/programme".to_owned()
        } else {
            format!("/programme?{query}")
        }
    }

    /// Whether anything is filtered.
    pub(crate) fn filtered(&self) -> bool {
        let kind = self.filter.kind;
        self.filter
            != Filter {
                kind,
                ..Filter::default()
            }
    }
}

fn key(text: &str) -> Option<Key> {
    let (at, id) = text.split_once('.')?;
    Some(Key {
        at: Time(at.parse().ok()?),
        id: id.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Values {
        let mut values = Values::default();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            values.push(name.into_owned(), value.into_owned());
        }
        values
    }

    #[test]
    fn an_address_reads_back_and_nonsense_is_left_out() {
        let text = "view=table&kind=issue&status=open&m=142069&scene=acute&range=public&q=%E3%83%90%E3%82%B9";
        let asked = Asked::of(&values(text));
        assert_eq!(asked.query(), text);
        let odd = Asked::of(&values(
            "view=x&kind=y&status=running%27&m=1&d=a b&scene=z&after=1",
        ));
        assert_eq!(odd.query(), "");
        assert_eq!(odd.address(|_| {}), "/programme");
        // A state of another kind is no filter.
        assert_eq!(
            Asked::of(&values("kind=issue&status=running")).query(),
            "kind=issue"
        );
    }

    #[test]
    fn the_place_in_a_list_survives_and_a_new_filter_forgets_it() {
        let mut asked = Asked::of(&values("kind=issue"));
        asked.after = Some(Key::first());
        let read = Asked::of(&values(&asked.query()));
        assert_eq!(read.after, asked.after);
        assert_eq!(asked.with(|_| {}), "kind=issue");
        assert!(!read.filtered());
    }
}
