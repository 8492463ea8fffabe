//! The packages of Office are ZIP archives: counted before anything is believed, and looked through for what acts or reaches out.

use std::io::{Cursor, Read};

use super::{MAX_BYTES, MAX_UNPACKED, Reason};

/// Most parts of a package.
const MAX_PARTS: usize = 2_000;
/// Most bytes of a part that is looked through as text.
const MAX_RELATIONS: u64 = 4 * 1024 * 1024;

/// Checks a package; what it says about its own sizes is not believed.
///
/// # Errors
/// [`Reason`], for the whole file.
pub(super) fn check(bytes: &[u8]) -> Result<(), Reason> {
    if bytes.len() > MAX_BYTES {
        return Err(Reason::TooLarge);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Reason::Unreadable)?;
    if archive.len() > MAX_PARTS {
        return Err(Reason::Unpacks);
    }
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|_| Reason::Unreadable)?;
        let name = part
            .name()
            .map_err(|_| Reason::Unreadable)?
            .to_ascii_lowercase();
        if acts(&name) {
            return Err(Reason::Active);
        }
        if reaches(&name) {
            return Err(Reason::External);
        }
        let mut count = 0;
        if name.ends_with(".rels") {
            let mut text = Vec::new();
            count += (&mut part)
                .take(left.min(MAX_RELATIONS) + 1)
                .read_to_end(&mut text)
                .map_err(|_| Reason::Unreadable)? as u64;
            if count > MAX_RELATIONS {
                return Err(Reason::Unpacks);
            }
            relations(&text)?;
        }
        count += std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|_| Reason::Unreadable)?;
        left = left.checked_sub(count).ok_or(Reason::Unpacks)?;
    }
    Ok(())
}

/// One part, unpacked; its size was checked before.
///
/// # Errors
/// [`Reason::Unreadable`] when it is not there.
pub(super) fn part(bytes: &[u8], name: &str) -> Result<Vec<u8>, Reason> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Reason::Unreadable)?;
    let part = archive.by_name(name).map_err(|_| Reason::Unreadable)?;
    let mut out = Vec::new();
    part.take(MAX_UNPACKED)
        .read_to_end(&mut out)
        .map_err(|_| Reason::Unreadable)?;
    Ok(out)
}

fn acts(name: &str) -> bool {
    [
        "vbaproject",
        "vbadata",
        "/macrosheets/",
        "/activex/",
        "/embeddings/",
        "oleobject",
        "/customui/",
    ]
    .iter()
    .any(|word| name.contains(word))
}

fn reaches(name: &str) -> bool {
    ["/externallinks/", "/querytables/", "xl/connections.xml"]
        .iter()
        .any(|word| name.contains(word))
}

/// A relation to something outside is refused unless it is a link that a person clicks.
fn relations(text: &[u8]) -> Result<(), Reason> {
    use quick_xml::{Reader, events::Event};
    let mut reader = Reader::from_reader(text);
    let mut buffer = Vec::new();
    loop {
        match reader
            .read_event_into(&mut buffer)
            .map_err(|_| Reason::Unreadable)?
        {
            Event::Start(tag) | Event::Empty(tag) => {
                let (mut outside, mut link) = (false, false);
                for attribute in tag.attributes() {
                    let attribute = attribute.map_err(|_| Reason::Unreadable)?;
                    match attribute.key.local_name().as_ref() {
                        "TargetMode" => {
                            outside = !attribute.value.eq_ignore_ascii_case("internal");
                        }
                        "Type" => link = attribute.value.ends_with("/hyperlink"),
                        _ => {}
                    }
                }
                if outside && !link {
                    return Err(Reason::External);
                }
            }
            Event::DocType(_) => return Err(Reason::Active),
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}
