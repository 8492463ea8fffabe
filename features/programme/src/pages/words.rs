//! Codes in words.

use kernel::Lang;

use crate::{
    i18n::tl,
    model::{Kind, Range},
};

/// The word of a kind.
pub(crate) fn kind(lang: Lang, kind: Kind) -> String {
    match kind {
        Kind::Initiative => tl!(lang, "kind-initiative"),
        Kind::Issue => tl!(lang, "kind-issue"),
        Kind::Request => tl!(lang, "kind-request"),
        Kind::Strength => tl!(lang, "kind-strength"),
    }
}

/// The word of a state.
pub(crate) fn status(lang: Lang, status: &str) -> String {
    match status {
        "planned" => tl!(lang, "status-planned"),
        "running" => tl!(lang, "status-running"),
        "paused" => tl!(lang, "status-paused"),
        "ended" => tl!(lang, "status-ended"),
        "open" => tl!(lang, "status-open"),
        "working" => tl!(lang, "status-working"),
        "handed_over" => tl!(lang, "status-handed-over"),
        "resolved" => tl!(lang, "status-resolved"),
        "received" => tl!(lang, "status-received"),
        "considering" => tl!(lang, "status-considering"),
        "answered" => tl!(lang, "status-answered"),
        "recorded" => tl!(lang, "status-recorded"),
        _ => tl!(lang, "status-withdrawn"),
    }
}

/// The word of a range.
pub(crate) fn range(lang: Lang, range: Range) -> String {
    match range {
        Range::Internal => tl!(lang, "range-internal"),
        Range::Municipalities => tl!(lang, "range-municipalities"),
        Range::Participants => tl!(lang, "range-participants"),
        Range::Public => tl!(lang, "range-public"),
    }
}

/// The word of a scene, or of the vision.
pub(crate) fn scene(lang: Lang, scene: &str) -> String {
    match scene {
        "daily" => tl!(lang, "scene-daily"),
        "transition" => tl!(lang, "scene-transition"),
        "acute" => tl!(lang, "scene-acute"),
        "endoflife" => tl!(lang, "scene-endoflife"),
        "vision" => tl!(lang, "scene-vision"),
        _ => tl!(lang, "scene-common"),
    }
}

/// The letter of an item with its words.
pub(crate) fn item(lang: Lang, letter: &str) -> String {
    let words = match crate::model::items().position(|c| letter.starts_with(c)) {
        Some(0) => tl!(lang, "item-1"),
        Some(1) => tl!(lang, "item-2"),
        Some(2) => tl!(lang, "item-3"),
        Some(3) => tl!(lang, "item-4"),
        Some(4) => tl!(lang, "item-5"),
        Some(5) => tl!(lang, "item-6"),
        Some(6) => tl!(lang, "item-7"),
        Some(7) => tl!(lang, "item-8"),
        _ => return tl!(lang, "item-none"),
    };
    format!("{letter} {words}")
}

/// The word of a tag.
pub(crate) fn tag(lang: Lang, tag: &str) -> String {
    match tag {
        "dementia" => tl!(lang, "tag-dementia"),
        "infection_disaster" => tl!(lang, "tag-infection-disaster"),
        other => other.to_owned(),
    }
}
