//! The texts of a window.

use super::store::Texts;

#[test]
fn a_proposal_survives_the_table() {
    let texts = Texts {
        phone: "0465-00-0000".to_owned(),
        answers: "事業所名\n\"担当者\"".to_owned(),
        ..Texts::default()
    };
    let json = serde_json::to_string(&texts).unwrap();
    assert_eq!(serde_json::from_str::<Texts>(&json).unwrap(), texts);
    assert_eq!(
        serde_json::from_str::<Texts>("{}").unwrap(),
        Texts::default()
    );
}
