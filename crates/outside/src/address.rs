//! Which addresses are out in the world. What belongs to this machine, to its neighbourhood or to nobody is refused
//! (the IANA special-purpose registries, RFC 6890), in every spelling an IPv6 address has for an IPv4 one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// Networks of the house that an administrator opened, as `10.1.0.0/16`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<(IpAddr, u8)>);

impl Networks {
    /// Whether a connection may go there: out in the world, or to a network that was opened.
    pub fn allow(&self, address: IpAddr) -> bool {
        let address = plain(address);
        is_public(address) || self.0.iter().any(|(base, bits)| holds(*base, *bits, address))
    }
}

impl FromStr for Networks {
    type Err = String;

    /// Networks with commas or spaces between them; an address alone is a network of one.
    fn from_str(text: &str) -> Result<Networks, String> {
        let each = text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty());
        each.map(network).collect::<Result<_, _>>().map(Networks)
    }
}

fn network(text: &str) -> Result<(IpAddr, u8), String> {
    let wrong = || format!("{text} is no network; write it as 10.1.0.0/16");
    let (base, bits) = match text.split_once('/') {
        Some((base, bits)) => (base, Some(bits)),
        None => (text, None),
    };
    let base = plain(base.parse().map_err(|_| wrong())?);
    let all = if base.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Ok(all), str::parse).map_err(|_| wrong())?;
    if bits > all {
        return Err(wrong());
    }
    Ok((base, bits))
}

fn holds(base: IpAddr, bits: u8, address: IpAddr) -> bool {
    let same = |a: u128, b: u128, width: u8| bits == 0 || (a ^ b) >> (width - bits) == 0;
    match (base, address) {
        (IpAddr::V4(base), IpAddr::V4(one)) => same(base.to_bits().into(), one.to_bits().into(), 32),
        (IpAddr::V6(base), IpAddr::V6(one)) => same(base.to_bits(), one.to_bits(), 128),
        _ => false,
    }
}

/// An IPv4 address in IPv6 clothes, without them.
fn plain(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        v4 => v4,
    }
}

/// Whether the address is out in the world.
pub fn is_public(address: IpAddr) -> bool {
    match plain(address) {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// Whether a server that an administrator names for himself may be there: in the world, in the house's own networks or on
/// this machine. Never where only machines speak to the one beside them: link-local addresses, the clouds' metadata, which
/// gives secrets to whoever asks, and addresses that are nobody's or everybody's.
pub fn may_serve(address: IpAddr) -> bool {
    match plain(address) {
        IpAddr::V4(v4) => may_serve_v4(v4),
        IpAddr::V6(v6) => match v6.segments() {
            [0, 0, 0, 0, 0, 0, 0, 1] => true,
            // What leads to an IPv4 address is judged by that: IPv4-compatible, NAT64, 6to4.
            [0, 0, 0, 0, 0, 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
                may_serve_v4(within(high, low))
            }
            // Link-local, the site-local of old, multicast; the metadata of two clouds.
            [first, ..] if first & 0xffc0 == 0xfe80 || first & 0xffc0 == 0xfec0 || first >= 0xff00 => false,
            [0xfd00, 0xec2, ..] | [0xfd20, 0xce, ..] => false,
            _ => true,
        },
    }
}

fn may_serve_v4(address: Ipv4Addr) -> bool {
    // This network, link-local, multicast, the future, everybody; the metadata of two clouds.
    !matches!(
        address.octets(),
        [0 | 224..=255, ..] | [169, 254, ..] | [100, 100, 100, 200] | [192, 0, 0, 192]
    )
}

fn within(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = match (a, b, c) {
        // This network, this machine, the future, everybody.
        (0 | 127 | 224..=255, _, _) => true,
        // Private (RFC 1918), shared by a carrier (RFC 6598), link-local and the clouds' metadata (RFC 3927).
        (10, _, _) | (172, 16..=31, _) | (192, 168, _) | (100, 64..=127, _) | (169, 254, _) => true,
        // Protocol assignments, documentation, the 6to4 relay, benchmarks.
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 51, 100) | (203, 0, 113) | (198, 18 | 19, _) => true,
        _ => false,
    };
    !reserved
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    match parts {
        // NAT64 (RFC 6052) leads to the IPv4 address at its end; with a prefix of the house's own, nobody knows where.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_public_v4(within(high, low)),
        [0x64, 0xff9b, ..] => false,
        // 6to4 (RFC 3056) leads to the IPv4 address behind its prefix.
        [0x2002, high, low, ..] => is_public_v4(within(high, low)),
        // Teredo, documentation, ORCHID, benchmarks and the other assignments of 2001::/23.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // Only this eighth of the space is given out to the world.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn the_house_is_not_the_world() {
        for inside in "0.0.0.0 0.1.2.3 127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 \
            100.64.0.1 100.127.255.255 169.254.169.254 192.0.0.8 192.0.2.1 192.88.99.1 198.18.0.1 \
            198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 \
            ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 ::10.1.2.3 64:ff9b::7f00:1 \
            64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1::1 2002:a9fe:a9fe::1 2001::1 2001:db8::1 2001:10::1 \
            3fff::1 fc00::1 fdaa::1 fe80::1 fec0::1 ff02::1 100::1 5f00::1 fd00:ec2::254"
            .split_whitespace()
        {
            assert!(!is_public(ip(inside)), "{inside}");
        }
        for outside in "1.1.1.1 8.8.8.8 99.255.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.167.0.1 223.255.255.255 \
            2606:4700::1 2a00:1450::1 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1"
            .split_whitespace()
        {
            assert!(is_public(ip(outside)), "{outside}");
        }
    }

    #[test]
    fn a_server_of_the_house_may_serve_and_what_only_machines_ask_may_not() {
        for never in "0.0.0.0 0.1.2.3 169.254.169.254 169.254.0.1 224.0.0.1 239.1.2.3 255.255.255.255 100.100.100.200 \
            192.0.0.192 :: fe80::1 febf::1 fec0::1 ff02::1 fd00:ec2::254 fd20:ce::254 ::ffff:169.254.169.254 \
            ::169.254.169.254 64:ff9b::a9fe:a9fe 2002:a9fe:a9fe::1"
            .split_whitespace()
        {
            assert!(!may_serve(ip(never)), "{never}");
        }
        for fair in "127.0.0.1 ::1 10.1.2.3 172.16.0.1 192.168.1.1 100.64.0.1 8.8.8.8 fd12::1 fc00::1 2606:4700::1 \
            ::ffff:10.0.0.1 64:ff9b::808:808"
            .split_whitespace()
        {
            assert!(may_serve(ip(fair)), "{fair}");
        }
    }

    #[test]
    fn a_network_of_the_house_can_be_opened_and_no_other() {
        let open: Networks = "10.1.0.0/16, fd00::/8 192.168.7.9".parse().unwrap();
        for yes in ["10.1.2.3", "::ffff:10.1.2.3", "fd12::1", "192.168.7.9", "8.8.8.8"] {
            assert!(open.allow(ip(yes)), "{yes}");
        }
        for no in ["10.2.0.1", "fe80::1", "192.168.7.10", "127.0.0.1"] {
            assert!(!open.allow(ip(no)), "{no}");
        }
        assert!("0.0.0.0/0".parse::<Networks>().unwrap().allow(ip("127.0.0.1")));
        for wrong in ["10.0.0.0/33", "here", "10.0.0.0/x", "::/129"] {
            assert!(wrong.parse::<Networks>().is_err(), "{wrong}");
        }
    }
}
