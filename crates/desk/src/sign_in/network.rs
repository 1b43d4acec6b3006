//! The network a try came from: neighbours share one, so that changing the last number of an address gains nothing.

use std::net::{IpAddr, Ipv6Addr};

/// `203.0.113` for IPv4, the first 64 bits for IPv6, and the text itself for what is no address.
pub(super) fn network_of(place: &str) -> String {
    let plain = place.split('%').next().unwrap_or(place).trim_matches(['[', ']']);
    match plain.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V4(ip)) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}")
        }
        Ok(IpAddr::V6(ip)) => {
            let [a, b, c, d, ..] = ip.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
        Err(_) => place.chars().take(60).filter(|c| !c.is_control()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::network_of;

    #[test]
    fn neighbours_share_a_network() {
        assert_eq!(network_of("203.0.113.7"), network_of("203.0.113.250"));
        assert_eq!(network_of("::ffff:203.0.113.7"), network_of("203.0.113.7"));
        assert_eq!(network_of("2001:db8:1:2::7"), network_of("2001:db8:1:2:ffff::1"));
        assert_ne!(network_of("2001:db8:1:2::7"), network_of("2001:db8:1:3::7"));
        assert_ne!(network_of("203.0.113.7"), network_of("203.0.114.7"));
        assert_eq!(network_of("unix"), "unix");
    }
}
