//! JSON: the survey's own words first, then one line per municipality.

use serde_json::json;

use super::{ExportError, ExportRow};
use crate::model::{Question, Survey, paragraphs};

/// A JSON file being written.
pub struct Writer {
    fields: Vec<String>,
    trailing_link: String,
    first: bool,
}

impl Writer {
    pub(super) fn start(
        survey: &Survey,
        questions: &[Question],
    ) -> Result<(Self, Vec<u8>), ExportError> {
        let h = &survey.head;
        let mut out = b"{\n".to_vec();
        for (key, value) in [
            ("slug", json!(h.slug)),
            ("title", json!(h.title)),
            ("title_en", json!(h.title_en)),
            ("label", json!(h.label)),
            ("fiscal_year", json!(h.fiscal_year)),
            ("fiscal_year_inferred", json!(h.fiscal_year_inferred)),
            ("source", json!(h.source)),
            ("source_en", json!(h.source_en)),
            ("note", json!(h.note)),
            ("note_en", json!(h.note_en)),
            ("licence", json!(h.licence)),
            ("licence_en", json!(h.licence_en)),
        ] {
            out.extend(format!(" \"{key}\": {value},\n").bytes());
        }
        out.extend(b" \"questions\": [");
        for (at, q) in questions.iter().enumerate() {
            let ask = &q.ask;
            let pairs: Vec<String> = [
                ("id", &ask.number),
                ("key", &ask.field),
                ("text", &ask.body),
                ("text_en", &ask.body_en),
                ("short", &ask.short),
                ("short_en", &ask.short_en),
            ]
            .into_iter()
            .map(|(key, value)| format!("\"{key}\":{}", json!(value)))
            .collect();
            out.extend(
                format!(
                    "{}\n  {{{}}}",
                    if at == 0 { "" } else { "," },
                    pairs.join(",")
                )
                .bytes(),
            );
        }
        out.extend(b"\n ],\n \"responses\": [");
        let fields = questions.iter().map(|q| q.ask.field.clone()).collect();
        Ok((
            Self {
                fields,
                trailing_link: h.trailing_link.clone(),
                first: true,
            },
            out,
        ))
    }

    pub(super) fn rows(&mut self, rows: &[ExportRow]) -> Result<Vec<u8>, ExportError> {
        let mut out = Vec::new();
        for row in rows {
            out.extend(if self.first {
                b"\n  ".iter()
            } else {
                b",\n  ".iter()
            });
            self.first = false;
            // Written by hand, because a map would sort its keys and tear the questions' order apart.
            out.extend(
                format!(
                    "{{\"code\":{},\"name\":{}",
                    json!(row.code),
                    json!(row.name)
                )
                .bytes(),
            );
            for (field, body) in self.fields.iter().zip(&row.answers) {
                out.extend(format!(",{}:", json!(field)).bytes());
                serde_json::to_writer(&mut out, &body.as_deref().map(paragraphs))?;
            }
            out.push(b'}');
        }
        Ok(out)
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, ExportError> {
        Ok(format!(
            "\n ],\n \"trailing_link\": {}\n}}\n",
            json!(self.trailing_link)
        )
        .into_bytes())
    }
}
