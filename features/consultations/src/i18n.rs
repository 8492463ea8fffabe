//! This room's texts.

web::i18n::loader!("consultations");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys_and_arguments() {
        assert_eq!(web::i18n::differences(JA, EN), Vec::<String>::new());
    }
}
