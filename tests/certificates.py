"""A certificate authority of one test: servers get certificates for 127.0.0.1 and localhost."""

import datetime
import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PEM = serialization.Encoding.PEM


class Authority:
    """Its own certificate is in `path`; what it certifies goes to `folder`."""

    def __init__(self, folder):
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        signing = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
            key_encipherment=False, data_encipherment=False, key_agreement=False,
            encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = self._certificate(self.name, self.key.public_key())
        builder = builder.add_extension(constraints, critical=True)
        builder = builder.add_extension(signing, critical=True)
        self.path = folder / "authority.pem"
        self.path.write_bytes(builder.sign(self.key, hashes.SHA256()).public_bytes(PEM))

    def certify(self):
        """Writes a new certificate and its key; gives the server's settings for them."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "onggi")])
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        builder = self._certificate(subject, key.public_key())
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(issuer, critical=False)
        certificate = builder.sign(self.key, hashes.SHA256())
        self.serial = certificate.serial_number
        pem = key.private_bytes(
            PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        chain_path, key_path = self.folder / "chain.pem", self.folder / "key.pem"
        chain_path.write_bytes(certificate.public_bytes(PEM))
        key_path.write_bytes(pem)
        return {"ONGGI_TLS_CERTIFICATE": str(chain_path), "ONGGI_TLS_KEY": str(key_path)}

    def _certificate(self, subject, key):
        now = datetime.datetime.now(datetime.UTC)
        identifier = x509.SubjectKeyIdentifier.from_public_key(key)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=2))
            .add_extension(identifier, critical=False)
        )
