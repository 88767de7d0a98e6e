//! What policies see of a request: condition keys and their values, gathered when a policy asks for
//! them and not before.

use policy::Keys;

use crate::authorize::Ask;
use crate::pipeline::Exchange;

/// The condition keys of a request and of one question about it.
pub(crate) struct RequestKeys<'e, 'a> {
    pub(crate) exchange: &'e Exchange<'a>,
    pub(crate) ask: &'e Ask,
}

impl Keys for RequestKeys<'_, '_> {
    fn values(&self, key: &str) -> Vec<String> {
        let named = self.ask.keys.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
        let mut values: Vec<String> = named.map(|(_, value)| value.clone()).collect();
        if values.is_empty() {
            values.extend(self.of_request(key));
        }
        values
    }
}

impl RequestKeys<'_, '_> {
    fn of_request(&self, key: &str) -> Option<String> {
        match key {
            "aws:sourceip" => Some(self.exchange.peer.ip().to_canonical().to_string()),
            "aws:securetransport" => Some((self.exchange.gateway.scheme == "https").to_string()),
            _ => None,
        }
    }
}
