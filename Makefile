test:
	cargo test --workspace
.PHONY: test
bench:
	cargo xtask bench
.PHONY: bench
