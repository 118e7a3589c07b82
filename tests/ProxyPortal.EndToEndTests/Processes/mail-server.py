"""A mail server as most are: STARTTLS first, then a user and a password. Keeps what it is given in a Maildir.

mail-server.py PORT MAILDIR CERTIFICATE KEY USER PASSWORD
"""
import asyncio
import ssl
import sys

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

port, maildir, certificate, key, user, password = sys.argv[1:]
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(certificate, key)
handler = Mailbox(maildir)


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode()))


def connection():
    return SMTP(handler, hostname="localhost", tls_context=tls, require_starttls=True, auth_required=True, authenticator=authenticate)


async def serve():
    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", int(port))
    await server.serve_forever()


asyncio.run(serve())
