# One-liners over `cargo xtask`, which says what each does.
.PHONY: build run test test-long test-rados test-blackbox lint fuzz bench s3-tests gen
build:         ; cargo xtask build
run:           ; cargo xtask run
test:          ; cargo xtask test
test-long:     ; cargo xtask test --long
test-rados:    ; cargo xtask test-rados
test-blackbox: ; cargo xtask black-box
lint:          ; cargo xtask lint
fuzz:          ; cargo xtask fuzz
bench:         ; cargo xtask bench
s3-tests:      ; cargo xtask s3-tests $(S3TESTS)
gen:           ; cargo xtask gen
