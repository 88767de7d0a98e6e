//! Where a request comes from when proxies stand in between: their headers are believed only from
//! those that are trusted, and none is unless it is configured.

use std::net::IpAddr;

use http::HeaderMap;

/// Addresses that begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Reads `10.0.0.0/8` or one address.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { address, bits })
    }

    fn contains(&self, other: IpAddr) -> bool {
        match (self.address, other) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differs = u32::from(own) ^ u32::from(other);
                differs.leading_zeros() >= self.bits.into()
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let differs = u128::from(own) ^ u128::from(other);
                differs.leading_zeros() >= self.bits.into()
            }
            _ => false,
        }
    }
}

/// Whether somebody of these networks is at this address.
fn trusted(networks: &[Network], address: IpAddr) -> bool {
    networks.iter().any(|it| it.contains(address.to_canonical()))
}

/// The address of who asks: of the hops that `X-Forwarded-For` names, nearest last, the last one that
/// isn't trusted itself. One that can't be read ends the search: what stands before it may be made up.
pub(crate) fn client(networks: &[Network], peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let mut client = peer.to_canonical();
    let lines: Vec<&str> = match trusted(networks, client) {
        true => {
            headers.get_all("x-forwarded-for").iter().filter_map(|it| it.to_str().ok()).collect()
        }
        false => return client,
    };
    for hop in lines.iter().rev().flat_map(|it| it.rsplit(',')) {
        let hop = hop.trim();
        let Some(address) =
            hop.parse().ok().or_else(|| Some(hop.parse::<std::net::SocketAddr>().ok()?.ip()))
        else {
            break;
        };
        client = IpAddr::to_canonical(&address);
        if !trusted(networks, client) {
            break;
        }
    }
    client
}

/// Whether the client's part of the way is encrypted, as a trusted proxy says; none if nobody says.
pub(crate) fn secure(networks: &[Network], peer: IpAddr, headers: &HeaderMap) -> Option<bool> {
    let said = headers.get("x-forwarded-proto").filter(|_| trusted(networks, peer))?;
    Some(said.as_bytes().eq_ignore_ascii_case(b"https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked_through(hops: &[&'static str]) -> String {
        let networks = [Network::parse("10.0.0.0/8").unwrap(), Network::parse("::1").unwrap()];
        let mut headers = HeaderMap::new();
        let (peer, forwarded) = hops.split_last().unwrap();
        for hop in forwarded {
            headers.append("x-forwarded-for", hop.parse().unwrap());
        }
        client(&networks, peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        for (hops, client) in [
            (&["192.0.2.1"][..], "192.0.2.1"),
            (&["1.1.1.1", "192.0.2.1"], "192.0.2.1"),
            (&["1.1.1.1", "10.0.0.1"], "1.1.1.1"),
            (&["2.2.2.2, 1.1.1.1", "10.0.0.1"], "1.1.1.1"),
            (&["2.2.2.2", "1.1.1.1, 10.9.9.9", "::ffff:10.0.0.1"], "1.1.1.1"),
            (&["1.1.1.1:443", "::1"], "1.1.1.1"),
            (&["2.2.2.2, unknown", "10.0.0.1"], "10.0.0.1"),
            (&["10.0.0.2", "10.0.0.1"], "10.0.0.2"),
            (&["10.0.0.1"], "10.0.0.1"),
        ] {
            assert_eq!(asked_through(hops), client, "{hops:?}");
        }
    }

    #[test]
    fn a_network_has_no_more_bits_than_its_addresses() {
        assert!(Network::parse("10.0.0.0/32").is_some() && Network::parse("::/128").is_some());
        for text in ["10.0.0.0/33", "::/129", "10.0.0/8", "x", "10.0.0.0/", "10.0.0.0/-1"] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
        let all = Network::parse("0.0.0.0/0").unwrap();
        assert!(
            all.contains("255.1.2.3".parse().unwrap()) && !all.contains("::1".parse().unwrap())
        );
    }
}
