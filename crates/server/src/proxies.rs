//! Where a request comes from when proxies stand in between: their headers are believed only from
//! those that are trusted, and none is unless it is configured.

use std::net::IpAddr;

use http::HeaderMap;
use types::Network;

/// Whether somebody of these networks is at this address.
fn trusted(networks: &[Network], address: IpAddr) -> bool {
    let address = address.to_canonical();
    // Whoever trusts `::/0` speaks of IPv6.
    networks.iter().any(|it| it.is_ipv4() == address.is_ipv4() && it.contains(address))
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
            (&["1.1.1.1", "2001:db8::1"], "2001:db8::1"),
        ] {
            assert_eq!(asked_through(hops), client, "{hops:?}");
        }
    }

    #[test]
    fn who_trusts_all_of_ipv6_trusts_nobody_of_ipv4() {
        let all = [Network::parse("::/0").unwrap()];
        assert!(trusted(&all, "2001:db8::1".parse().unwrap()));
        for address in ["10.0.0.1", "::ffff:10.0.0.1"] {
            assert!(!trusted(&all, address.parse().unwrap()), "{address}");
        }
    }
}
