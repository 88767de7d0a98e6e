//! Hosts, paths and queries: what is asked is found or refused. The input is a method, a host, and path
//! with query, a line each.

#![no_main]

use http::{HeaderMap, Method};
use libfuzzer_sys::fuzz_target;
use types::KEY_BYTES_MAX;
use wire::{Hosts, Protocol, Query, Target, route, route_action};

fuzz_target!(|input: &str| {
    let mut lines = input.split('\n');
    let mut line = || lines.next().unwrap_or_default();
    let (method, host, target) = (line(), line(), line());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let _ = Query::parse_form(input.as_bytes());
    let _ = route_action(host, Some(path));
    let hosts = Hosts::new(&["s3.example.com".into()]);
    let Ok(target) = Target::of(&hosts, host, path, None) else { return };
    if let Some(key) = target.key() {
        assert!((1..=KEY_BYTES_MAX).contains(&key.len()));
        // A host that names a bucket never leads to what is ours.
        assert!(target.bucket().is_some());
    }
    if matches!(target, Target::Own(_) | Target::Control(_)) {
        assert!(!hosts.names_bucket(host));
    }
    let Ok(query) = Query::parse(query) else { return };
    let Ok(method) = Method::from_bytes(method.as_bytes()) else { return };
    let headers = HeaderMap::new();
    let _ = Protocol::of(&method, &target, &query, &headers);
    let _ = route(&method, &target, &query, &headers);
});
