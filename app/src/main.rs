//! renkei
fn main() {}
