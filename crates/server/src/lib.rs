//! The onggi server: listeners, the pipeline from a request to its answer, the operations,
//! configuration. The one crate that knows both the wire and the store.

mod access;
mod account;
mod audit;
mod authenticate;
mod authorize;
mod body;
mod caller;
pub mod cli;
pub mod config;
mod console;
mod context;
mod decision;
mod framing;
pub mod fsck;
mod gateway;
mod head_timer;
mod incoming;
mod late;
mod listener;
mod log;
mod master_key;
mod metrics;
mod ops;
mod patience;
mod pipeline;
mod posted;
mod principals;
mod proxies;
pub mod root_key;
pub mod run;
mod settings;
mod storage;
pub mod timeouts;
mod tls;
pub mod why;
