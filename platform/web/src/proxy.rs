//! Which address a request really comes from.

use axum::http::HeaderMap;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// A network of trusted proxies: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Net {
    address: u128,
    bits: u8,
}

/// Not an address or network.
#[derive(Debug, thiserror::Error)]
#[error("\"{0}\" is not an address or a network such as 10.0.0.0/8")]
pub struct BadNet(String);

fn wide(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

fn mask(bits: u8) -> u128 {
    if bits == 0 {
        0
    } else {
        u128::MAX << (128 - u32::from(bits))
    }
}

impl FromStr for Net {
    type Err = BadNet;
    fn from_str(text: &str) -> Result<Self, BadNet> {
        let bad = || BadNet(text.to_owned());
        let (ip, length) = text
            .trim()
            .split_once('/')
            .map_or((text.trim(), None), |(a, b)| (a, Some(b)));
        let ip: IpAddr = ip.parse().map_err(|_| bad())?;
        let most = if ip.is_ipv4() { 32 } else { 128 };
        let bits: u8 = length.map_or(Ok(most), str::parse).map_err(|_| bad())?;
        if bits > most {
            return Err(bad());
        }
        let bits = bits + (128 - most);
        Ok(Self {
            address: wide(ip) & mask(bits),
            bits,
        })
    }
}

impl Net {
    /// Whether an address lies in the network.
    #[must_use]
    pub fn contains(&self, ip: IpAddr) -> bool {
        wide(ip) & mask(self.bits) == self.address
    }
}

/// Who asks: the browser's address, and whether a forwarding header came from somebody who is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// The browser's address as far as the trusted proxies tell it.
    pub ip: IpAddr,
    /// The peer sent `X-Forwarded-For` without being trusted: its own address proves nothing about where the browser is.
    pub doubtful: bool,
}

impl Client {
    /// From the machine itself, without a proxy in between.
    #[must_use]
    pub fn is_local(&self) -> bool {
        !self.doubtful && self.ip.to_canonical().is_loopback()
    }
}

/// The address for a request without a socket (tests): it is nobody's.
pub(crate) const NOBODY: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);

/// Walks `X-Forwarded-For` from the right as long as the next hop is trusted.
#[must_use]
pub fn client(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[Net]) -> Client {
    let trusts = |ip: IpAddr| trusted.iter().any(|n| n.contains(ip));
    let peer = peer.map_or(NOBODY, |ip| ip.to_canonical());
    let forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    if !trusts(peer) {
        return Client {
            ip: peer,
            doubtful: forwarded,
        };
    }
    let mut ip = peer;
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .collect();
    for hop in lines.iter().rev().flat_map(|l| l.rsplit(',')) {
        let hop = hop.trim();
        let Ok(next) = hop
            .parse::<IpAddr>()
            .or_else(|_| hop.parse::<std::net::SocketAddr>().map(|s| s.ip()))
        else {
            break;
        };
        ip = next.to_canonical();
        if !trusts(ip) {
            break;
        }
    }
    Client {
        ip,
        // What came through a proxy does not come from the machine itself, whatever the header says or leaves out.
        doubtful: forwarded && ip.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn xff(values: &[&'static str]) -> HeaderMap {
        let mut h = HeaderMap::new();
        for v in values {
            h.append("x-forwarded-for", HeaderValue::from_static(v));
        }
        h
    }

    fn ip(s: &str) -> IpAddr {
        s.parse().unwrap()
    }

    #[test]
    fn networks() {
        let n: Net = "10.0.0.0/8".parse().unwrap();
        assert!(
            n.contains(ip("10.255.1.2")) && !n.contains(ip("11.0.0.1")) && !n.contains(ip("::1"))
        );
        let all: Net = "0.0.0.0/0".parse().unwrap();
        assert!(all.contains(ip("8.8.8.8")) && !all.contains(ip("2001:db8::1")));
        assert!("fd00::/8".parse::<Net>().unwrap().contains(ip("fd12::1")));
        for bad in ["", "x", "10.0.0.0/33", "::/129", "10.0.0.0/"] {
            assert!(bad.parse::<Net>().is_err(), "{bad}");
        }
    }

    #[test]
    fn only_trusted_hops_are_believed() {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "127.0.0.1".parse().unwrap()];
        let of = |peer: &str, h: &HeaderMap| client(Some(ip(peer)), h, &trusted);
        assert_eq!(
            of("192.0.2.1", &xff(&["1.2.3.4"])),
            Client {
                ip: ip("192.0.2.1"),
                doubtful: true
            }
        );
        assert_eq!(of("127.0.0.1", &xff(&["1.2.3.4"])).ip, ip("1.2.3.4"));
        // A browser that invents a first hop does not choose its address.
        assert_eq!(
            of("127.0.0.1", &xff(&["9.9.9.9, 1.2.3.4, 10.0.0.7"])).ip,
            ip("1.2.3.4")
        );
        assert_eq!(
            of("127.0.0.1", &xff(&["9.9.9.9", "1.2.3.4"])).ip,
            ip("1.2.3.4")
        );
        assert_eq!(of("127.0.0.1", &xff(&["garbage"])).ip, ip("127.0.0.1"));
        assert_eq!(
            of("127.0.0.1", &xff(&["[2001:db8::1]:443"])).ip,
            ip("2001:db8::1")
        );
        assert!(client(Some(ip("127.0.0.1")), &HeaderMap::new(), &[]).is_local());
        assert!(!client(Some(ip("127.0.0.1")), &xff(&["1.2.3.4"]), &[]).is_local());
        assert!(!client(None, &HeaderMap::new(), &[]).is_local());
        // Nobody becomes the machine itself by a header: not through a trusted proxy, and not from a trusted network.
        for h in [
            xff(&["127.0.0.1"]),
            xff(&["::1, 10.0.0.9"]),
            xff(&["garbage"]),
            xff(&["unknown"]),
        ] {
            assert!(!of("127.0.0.1", &h).is_local(), "{h:?}");
            assert!(!of("10.0.0.7", &h).is_local(), "{h:?}");
        }
        let mut other = HeaderMap::new();
        other.insert("forwarded", HeaderValue::from_static("for=1.2.3.4"));
        assert!(
            !of("127.0.0.1", &other).is_local(),
            "a proxy that speaks another dialect"
        );
        assert!(of("127.0.0.1", &HeaderMap::new()).is_local());
    }
}
