//! A browser without a screen: keeps cookies, fills in forms, follows nothing by itself.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header};
use tower::ServiceExt;

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    }
}

/// Someone with a browser.
#[derive(Clone)]
pub struct Person {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    pub address: SocketAddr,
    pub language: &'static str,
}

impl Person {
    pub fn new(router: Router) -> Self {
        Self {
            router,
            cookies: BTreeMap::new(),
            address: SocketAddr::from(([127, 0, 0, 1], 40_000)),
            language: "ja",
        }
    }

    /// The same browser in English.
    pub fn english(mut self) -> Self {
        self.language = "en";
        self
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Answer {
        let body = encode(fields);
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, "http://127.0.0.1:8080");
        self.send(request, Body::from(body)).await
    }

    /// Opens `page`, fills in the form that contains `mark` and sends it. `changes` replaces or adds fields.
    pub async fn submit(&mut self, page: &str, mark: &str, changes: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await;
        assert_eq!(shown.status, 200, "{page}: {}", shown.body);
        let (action, mut fields) = fields_of(&shown.body, mark);
        for (name, value) in changes {
            fields.retain(|(n, _)| n != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let action = if action.is_empty() {
            page.to_owned()
        } else {
            action
        };
        self.post(&action, &fields).await
    }

    /// Sends one file in the field `file` of the form that contains `mark`; `changes` replaces or adds fields.
    pub async fn upload(
        &mut self,
        page: &str,
        mark: &str,
        changes: &[(&str, &str)],
        filename: &str,
        bytes: &[u8],
    ) -> Answer {
        let field = "file";
        let shown = self.get(page).await;
        assert_eq!(shown.status, 200, "{page}: {}", shown.body);
        let (action, mut fields) = fields_of(&shown.body, mark);
        for (name, value) in changes {
            fields.retain(|(n, _)| n != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let action = if action.is_empty() {
            page.to_owned()
        } else {
            action
        };
        let boundary = "renkei-test-boundary";
        let mut body = Vec::new();
        for (name, value) in fields.iter().filter(|(n, _)| n != field) {
            body.extend(
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        body.extend(
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{filename}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            )
            .bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend(format!("\r\n--{boundary}--\r\n").bytes());
        let request = Request::post(action)
            .header(
                header::CONTENT_TYPE,
                format!("multipart/form-data; boundary={boundary}"),
            )
            .header(header::ORIGIN, "http://127.0.0.1:8080");
        self.send(request, Body::from(body)).await
    }

    /// Sends any request with this browser's cookies.
    pub async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect::<Vec<_>>()
            .join("; ");
        let request = request
            .header(header::HOST, "127.0.0.1:8080")
            .header(header::COOKIE, cookies)
            .header(header::ACCEPT_LANGUAGE, self.language)
            .extension(ConnectInfo(self.address))
            .body(body)
            .expect("a request");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20)
            .await
            .expect("the body ends")
            .to_vec();
        for value in parts.headers.get_all(header::SET_COOKIE) {
            let line = value.to_str().expect("a cookie is ASCII");
            let (name, rest) = line.split_once('=').expect("a cookie has a name");
            let (value, attributes) = rest.split_once(';').unwrap_or((rest, ""));
            if value.is_empty() || attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }
}

fn encode(fields: &[(String, String)]) -> String {
    let escape = |text: &str| {
        text.bytes()
            .map(|b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    char::from(b).to_string()
                }
                b' ' => "+".to_owned(),
                _ => format!("%{b:02X}"),
            })
            .collect::<String>()
    };
    fields
        .iter()
        .map(|(k, v)| format!("{}={}", escape(k), escape(v)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Action and fields of the first form of `html` that contains `mark`, as a browser would send them untouched.
pub fn fields_of(html: &str, mark: &str) -> (String, Vec<(String, String)>) {
    let form = html
        .split("<form")
        .skip(1)
        .map(|f| f.split("</form>").next().unwrap_or_default())
        .find(|f| f.contains(mark))
        .unwrap_or_else(|| panic!("no form with {mark} in\n{html}"));
    let (open, inside) = form.split_once('>').expect("the form tag ends");
    let action = attribute(open, "action").unwrap_or_default();
    let mut fields = Vec::new();
    let mut rest = inside;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let Some(end) = rest.find('>') else { break };
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        if tag.starts_with("input") {
            if let Some(name) = attribute(tag, "name") {
                let kind = attribute(tag, "type").unwrap_or_default();
                let checkable = kind == "checkbox" || kind == "radio";
                if kind != "file" && kind != "submit" && (!checkable || tag.contains(" checked")) {
                    fields.push((
                        name,
                        attribute(tag, "value").unwrap_or_else(|| {
                            if checkable {
                                "on".into()
                            } else {
                                String::new()
                            }
                        }),
                    ));
                }
            }
        } else if tag.starts_with("textarea") {
            if let Some(name) = attribute(tag, "name") {
                let text = after.split("</textarea>").next().unwrap_or_default();
                // A browser drops the first line break.
                let text = text.strip_prefix('\n').unwrap_or(text);
                fields.push((name, unescape(text)));
            }
        } else if tag.starts_with("select")
            && let Some(name) = attribute(tag, "name")
        {
            let options = after.split("</select>").next().unwrap_or_default();
            let chosen = options
                .split("<option")
                .skip(1)
                .find(|o| o.split('>').next().is_some_and(|t| t.contains("selected")));
            let first = options.split("<option").nth(1);
            if let Some(value) = chosen
                .or(first)
                .and_then(|o| attribute(o.split('>').next().unwrap_or_default(), "value"))
            {
                fields.push((name, value));
            }
        }
        rest = after;
    }
    (action, fields)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next().map(unescape)
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
