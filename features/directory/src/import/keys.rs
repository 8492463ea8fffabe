//! Keys for matching: names and addresses folded so that the spellings of one office agree.

use kernel::text::{fold, half_width};

use super::words::group;

/// A name without corporation words, spaces and dots.
///
/// 「医療法人社団綾和会　間中病院」 and 「間中病院」 agree, because what stands before a space is a corporation's name.
#[must_use]
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    let mut parts: Vec<&str> = folded.split(' ').collect();
    while parts.len() > 1
        && group("corporation")
            .iter()
            .any(|(_, word)| parts[0].contains(word.as_str()))
    {
        parts.remove(0);
    }
    let mut key = parts.concat();
    for (_, word) in group("corporation") {
        if key.len() > word.len() {
            key = key.replacen(word.as_str(), "", 1);
        }
    }
    for (to, from) in group("variant") {
        key = key.replace(from.as_str(), &fold(to));
    }
    key.retain(char::is_alphanumeric);
    key.chars().take(100).collect()
}

/// Numerals before 丁目 in digits, all block words as hyphens: 「真田三丁目１番１号」 is `真田3-1-1`.
#[must_use]
pub fn street(address: &str) -> String {
    // A space between two numbers ends the number of the house: what follows is a floor.
    let mut text = String::new();
    let folded = fold(address);
    let mut words = folded.split(' ').peekable();
    while let Some(word) = words.next() {
        text.push_str(word);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digit(word.chars().last()) && digit(words.peek().and_then(|w| w.chars().next())) {
            text.push('_');
        }
    }
    let blocks = group("block");
    if let Some((_, chome)) = blocks.first() {
        for (digit, numeral) in group("numeral").iter().rev() {
            text = text.replace(&format!("{numeral}{chome}"), &format!("{digit}{chome}"));
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let after_digit = out.ends_with(|p: char| p.is_ascii_digit() || p == '-');
        let block = blocks
            .iter()
            .find(|(_, word)| after_digit && rest.starts_with(word.as_str()));
        if let Some((_, word)) = block {
            if !out.ends_with('-') {
                out.push('-');
            }
            rest = &rest[word.len()..];
            continue;
        }
        let dash = after_digit
            && matches!(
                c,
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff70}' | '\u{ff0d}'
            );
        if dash {
            if !out.ends_with('-') {
                out.push('-');
            }
        } else {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Town and numbers of an address inside a municipality; what follows the numbers (building, floor) is left out.
#[must_use]
pub fn address_key(municipality: &str, address: &str) -> String {
    let text = street(address);
    let mut key = format!("{municipality}:");
    let first = text
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(text.len());
    key.push_str(&text[..first]);
    let numbers = &text[first..];
    let end = numbers
        .find(|c: char| !c.is_ascii_digit() && c != '-')
        .unwrap_or(numbers.len());
    key.push_str(numbers[..end].trim_end_matches('-'));
    key.chars().take(200).collect()
}

/// Whether two folded names can be one office: equal, or one is the end or the beginning of the other.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long
        || (short.chars().count() >= 4 && (long.ends_with(short) || long.starts_with(short)))
}

/// A telephone number as `0465-83-0351`: half width, one kind of hyphen. `None` when it cannot be one.
#[must_use]
pub fn phone(text: &str) -> Option<String> {
    let text = half_width(text.trim());
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => out.push(c),
            '(' | ')' | '-' | '\u{2010}' | '\u{2212}' | '\u{30fc}' | '.' | '/' | ' '
                if !out.is_empty() =>
            {
                if !out.ends_with('-') {
                    out.push('-');
                }
            }
            '(' => {}
            _ => return None,
        }
    }
    let out = out.trim_end_matches('-').to_owned();
    let digits = out.chars().filter(char::is_ascii_digit).count();
    (out.starts_with('0') && (9..=11).contains(&digits)).then_some(out)
}

/// A postal code as `250-0011`.
#[must_use]
pub fn postal(text: &str) -> Option<String> {
    let digits: String = half_width(text)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    (digits.len() == 7).then(|| format!("{}-{}", &digits[..3], &digits[3..]))
}

/// Digits and capitals of a typed number; a number that a spreadsheet destroyed (`1.47E+09`) is none.
#[must_use]
pub fn code(text: &str) -> Option<String> {
    let text = half_width(text.trim()).to_ascii_uppercase();
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text.contains("E+") {
        return None;
    }
    let code: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    (!code.is_empty()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_agree() {
        let a = address_key("142034", "真田三丁目１番１号");
        assert_eq!(a, "142034:真田3-1-1");
        assert_eq!(address_key("142034", "真田３－１－１　中央ビル２階"), a);
        assert_eq!(address_key("142034", "真田3丁目1番地の1"), a);
        assert_eq!(address_key("142034", "真田３－１－１　２階"), a);
        assert_ne!(address_key("142034", "真田3-1-11"), a);
        assert_eq!(address_key("142069", "入野"), "142069:入野");
    }

    #[test]
    fn corporations_do_not_hide_a_name() {
        assert_eq!(
            name_key("医療法人社団綾和会　　間中病院"),
            name_key("間中病院")
        );
        assert_eq!(name_key("株式会社グレイフ"), name_key("グレイフ"));
        assert_eq!(
            name_key("ｺｺﾌｧﾝメゾン　四之宮"),
            name_key("ココファンメゾン四之宮")
        );
        assert!(same_name(
            &name_key("医療法人社団明芳会北小田原病院"),
            &name_key("北小田原病院")
        ));
        assert!(!same_name(&name_key("小田原薬局"), &name_key("小田原病院")));
    }

    #[test]
    fn numbers_as_people_type_them() {
        assert_eq!(
            phone("０４６５（８３）０３５１").as_deref(),
            Some("0465-83-0351")
        );
        assert_eq!(phone("0465-83-0351 ").as_deref(), Some("0465-83-0351"));
        assert_eq!(phone("なし"), None);
        assert_eq!(postal("258－0003").as_deref(), Some("258-0003"));
        assert_eq!(
            code("１４７－２００００１５").as_deref(),
            Some("1472000015")
        );
        assert_eq!(code("1.47E+09"), None);
    }
}
