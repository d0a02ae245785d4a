/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libgit2 without a network. pm never fetches, pushes or clones, yet a stock
 * libgit2 loads mbedTLS, libssh2, OpenSSL and Kerberos at every start and
 * parses the system's certificates in git_libgit2_init: 5 to 17 ms, ten times
 * what pm itself needs to open a repository. Linked statically, with these
 * functions in place of the members of libgit2.a that use those libraries, the
 * linker never pulls the members in, and start-up costs what git's does.
 *
 * The Makefile compiles this file alone and links it only where a trial link
 * against the archives works and runs; elsewhere pm is linked dynamically and
 * this file is not used. It is never part of libpm.a. The functions are inner
 * ones of libgit2 1.5: another version fails to compile here on purpose.
 */
#include <git2.h>
#include <pwd.h>

#if LIBGIT2_VER_MAJOR != 1 || LIBGIT2_VER_MINOR != 5
#error "the inner functions below were read in libgit2 1.5 only"
#endif

int git_mbedtls_stream_global_init(void);
int git_mbedtls__set_cert_location(const char *file, const char *path);
int git_mbedtls_stream_new(void **out, const char *host, const char *port);
int git_mbedtls_stream_wrap(void **out, void *in, const char *host);
int git_transport_ssh_global_init(void);
int git_transport_ssh_with_paths(void **out, void *owner, void *payload);
int git_smart_subtransport_ssh(void **out, void *owner, void *param);
int git_http_auth_negotiate(void **out, const void *url);
int git_hash_sha256_global_init(void);
int git_hash_sha256_ctx_init(void *ctx);
void git_hash_sha256_ctx_cleanup(void *ctx);
int git_hash_sha256_init(void *ctx);
int git_hash_sha256_update(void *ctx, const void *data, size_t len);
int git_hash_sha256_final(unsigned char *out, void *ctx);
void *__wrap_dlopen(const char *file, int mode);
int __wrap_getaddrinfo(
	const char *host, const char *service, const void *hints, void **out);
int __wrap_getpwuid_r(uid_t uid, struct passwd *entry, char *buf, size_t len,
	struct passwd **out);

/* Reached only by an attempt to use the network, which pm never makes. */
static int refuse(void)
{
	return GIT_ERROR;
}

/* Nothing to prepare: no certificates are read. */
int git_mbedtls_stream_global_init(void)
{
	return 0;
}

int git_mbedtls__set_cert_location(const char *file, const char *path)
{
	(void)file;
	(void)path;
	return refuse();
}

int git_mbedtls_stream_new(void **out, const char *host, const char *port)
{
	(void)out;
	(void)host;
	(void)port;
	return refuse();
}

int git_mbedtls_stream_wrap(void **out, void *in, const char *host)
{
	(void)out;
	(void)in;
	(void)host;
	return refuse();
}

int git_transport_ssh_global_init(void)
{
	return 0;
}

int git_transport_ssh_with_paths(void **out, void *owner, void *payload)
{
	(void)out;
	(void)owner;
	(void)payload;
	return refuse();
}

int git_smart_subtransport_ssh(void **out, void *owner, void *param)
{
	(void)out;
	(void)owner;
	(void)param;
	return refuse();
}

int git_http_auth_negotiate(void **out, const void *url)
{
	(void)out;
	(void)url;
	return refuse();
}

/*
 * libgit2 1.5 hashes with SHA-256 nowhere but in this table of backends
 * (objects are SHA-1 there), and its backend is mbedTLS.
 */
int git_hash_sha256_global_init(void)
{
	return 0;
}

int git_hash_sha256_ctx_init(void *ctx)
{
	(void)ctx;
	return refuse();
}

void git_hash_sha256_ctx_cleanup(void *ctx)
{
	(void)ctx;
}

int git_hash_sha256_init(void *ctx)
{
	(void)ctx;
	return refuse();
}

int git_hash_sha256_update(void *ctx, const void *data, size_t len)
{
	(void)ctx;
	(void)data;
	(void)len;
	return refuse();
}

int git_hash_sha256_final(unsigned char *out, void *ctx)
{
	(void)out;
	(void)ctx;
	return refuse();
}

/*
 * The rest is for the program that the C library is linked into as well. There
 * it could load no other library: not the extensions of SQLite, which pm never
 * asks for, nor the services that know hosts and users. libgit2 asks for the
 * home of a user only in a process that runs as another user than the one who
 * started it, and then git_libgit2_init says what failed.
 */
void *__wrap_dlopen(const char *file, int mode)
{
	(void)file;
	(void)mode;
	return NULL;
}

int __wrap_getaddrinfo(
	const char *host, const char *service, const void *hints, void **out)
{
	(void)host;
	(void)service;
	(void)hints;
	*out = NULL;
	return refuse();
}

int __wrap_getpwuid_r(uid_t uid, struct passwd *entry, char *buf, size_t len,
	struct passwd **out)
{
	(void)uid;
	(void)entry;
	(void)buf;
	(void)len;
	*out = NULL;
	return 0;
}
