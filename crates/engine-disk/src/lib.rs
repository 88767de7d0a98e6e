//! The embedded engine: one log, an index, extents on a local disk.
