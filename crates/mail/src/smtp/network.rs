//! Networks of peers: which are trusted, and whose connections and letters are counted together.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use thiserror::Error;

/// Addresses that begin with the same bits, such as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{0}\" is no network; write it as 10.0.0.0/8, 2001:db8::/32 or one address")]
pub struct BadNetwork(String);

impl Network {
    pub fn of(address: IpAddr) -> Network {
        let base = address.to_canonical();
        let bits = if base.is_ipv4() { 32 } else { 128 };
        Network { base, bits }
    }

    /// This machine itself.
    pub fn loopback() -> Vec<Network> {
        let four = Network {
            base: IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)),
            bits: 8,
        };
        vec![four, Network::of(IpAddr::V6(Ipv6Addr::LOCALHOST))]
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        cut(address.to_canonical(), self.bits) == cut(self.base, self.bits)
    }
}

/// The address with all but its first bits zero.
fn cut(address: IpAddr, bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(four) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits.min(32))).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(four.to_bits() & mask))
        }
        IpAddr::V6(six) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits.min(128))).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & mask))
        }
    }
}

/// One IPv4 address, or the /64 that one line is given of IPv6: counted as one peer.
pub fn line_of(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        four @ IpAddr::V4(_) => four,
        six @ IpAddr::V6(_) => cut(six, 64),
    }
}

impl FromStr for Network {
    type Err = BadNetwork;

    fn from_str(text: &str) -> Result<Network, BadNetwork> {
        let bad = || BadNetwork(text.escape_debug().take(100).collect());
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().map_err(|_| bad())?)),
            None => (text, None),
        };
        let one = Network::of(address.trim().parse().map_err(|_| bad())?);
        let bits = bits.unwrap_or(one.bits);
        if bits > one.bits {
            return Err(bad());
        }
        Ok(Network {
            base: cut(one.base, bits),
            bits,
        })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::{Network, line_of};

    #[test]
    fn a_network_holds_its_addresses() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.0"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.6"),
            ("0.0.0.0/0", "203.0.113.1", "::1"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"),
            ("::/0", "2001:db8::", "127.0.0.1"),
            ("10.1.2.3/8", "::ffff:10.9.9.9", "::ffff:11.9.9.9"),
        ] {
            let network: Network = network.parse().unwrap();
            assert!(network.contains(inside.parse().unwrap()), "{network} {inside}");
            assert!(!network.contains(outside.parse().unwrap()), "{network} {outside}");
        }
        for bad in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "x", "10.0.0.0/-1", "10.0.0.0/"] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }

    #[test]
    fn one_line_is_one_peer() {
        let line = |text: &str| line_of(text.parse().unwrap());
        assert_eq!(line("2001:db8::1"), line("2001:db8::ffff:1"));
        assert_ne!(line("2001:db8::1"), line("2001:db8:0:1::1"));
        assert_ne!(line("192.0.2.1"), line("192.0.2.2"));
        assert_eq!(line("::ffff:192.0.2.1"), line("192.0.2.1"));
    }
}
