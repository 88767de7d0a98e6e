//! Addresses that begin alike (RFC 4632, RFC 4291 2.3): `10.0.0.0/8`, `2001:db8::/32`.

use std::net::{IpAddr, Ipv6Addr};

/// A network of IPv4 or IPv6 addresses, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Reads a CIDR or an address.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            // `+8` is a number to Rust.
            Some(bits) if bits.bytes().all(|it| it.is_ascii_digit()) => bits.parse().ok()?,
            Some(_) => return None,
            None => all,
        };
        (bits <= all).then_some(Self { address, bits })
    }

    /// Whether an address lies in it. IPv4 addresses written as IPv6 (`::ffff:10.0.0.1`) are the IPv4
    /// addresses.
    pub fn contains(self, other: IpAddr) -> bool {
        match (self.address, other.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differ = own.to_bits() ^ other.to_bits();
                differ.leading_zeros() >= self.bits.into()
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => self.begins_alike(own, other),
            (IpAddr::V6(own), IpAddr::V4(other)) => self.begins_alike(own, other.to_ipv6_mapped()),
            (IpAddr::V4(_), IpAddr::V6(_)) => false,
        }
    }

    fn begins_alike(self, own: Ipv6Addr, other: Ipv6Addr) -> bool {
        (own.to_bits() ^ other.to_bits()).leading_zeros() >= self.bits.into()
    }

    /// How many bits its addresses begin alike with.
    pub fn bits(self) -> u8 {
        self.bits
    }

    /// Whether it was written as a network of IPv4 addresses.
    pub fn is_ipv4(self) -> bool {
        self.address.is_ipv4()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_the_addresses_that_begin_alike() {
        for (network, address, expected) in [
            ("203.0.113.0/24", "203.0.113.255", true),
            ("203.0.113.0/24", "203.0.114.0", false),
            ("203.0.113.7", "203.0.113.7", true),
            ("203.0.113.77/24", "203.0.113.1", true),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false),
            ("0.0.0.0/0", "::ffff:8.8.8.8", true),
            ("2001:DB8:1234:5678::/64", "2001:db8:1234:5678:1::", true),
            ("2001:DB8:1234:5678::/64", "2001:db8:1234:5679::", false),
            ("::ffff:10.0.0.0/104", "10.1.2.3", true),
            ("::ffff:10.0.0.0/104", "11.1.2.3", false),
            ("::/0", "2001:db8::1", true),
            ("::1", "::1", true),
        ] {
            let parsed = Network::parse(network).unwrap();
            assert_eq!(parsed.contains(address.parse().unwrap()), expected, "{network} {address}");
        }
    }

    #[test]
    fn a_network_has_no_more_bits_than_its_addresses() {
        assert!(Network::parse("10.0.0.0/32").is_some() && Network::parse("::/128").is_some());
        for bad in [
            "",
            "x",
            "1.2.3",
            "1.2.3/8",
            "1.2.3.*",
            "1.2.3.4/33",
            "::/129",
            "1.2.3.4/",
            "1.2.3.4/+8",
            "1.2.3.4/-1",
        ] {
            assert_eq!(Network::parse(bad), None, "{bad}");
        }
    }
}
