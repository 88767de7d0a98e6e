//! The onggi server: listeners, pipeline, operations, configuration.
