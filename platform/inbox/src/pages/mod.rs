//! Handlers and their views.

pub(crate) mod picture;

/// A part of an address; what cannot be one is not there.
fn parse<T: std::str::FromStr>(text: &str) -> web::Result<T> {
    text.parse().map_err(|_| web::Error::NotFound)
}
