//! An in-process server and a signed-request builder, for tests only.
