/* SPDX-License-Identifier: MIT */
/* In which country an address is registered, by an MMDB file that the operator names: the only file that says MMDB_.
 * The library maps the file it is given, and a file that shrinks under a map kills the program: so it gets a copy in
 * memory that nobody can write to any more, made in the same pass as the hash. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/date.h"
#include "cyberatlas/base/digest.h"
#include "internal.h"

#ifdef HAVE_MAXMINDDB
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <maxminddb.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES_MOST = 1024 * 1024 * 1024, SECONDS_OF_DAY = 24 * 60 * 60 };

struct geoip {
    MMDB_s file;
    bool open;
    char stamp[DIGEST_SIZE + 24];
    char words[160];
};

void geoip_close(struct geoip *geoip)
{
    if (geoip == NULL)
        return;
    if (geoip->open)
        MMDB_close(&geoip->file);
    free(geoip);
}

static void cleanup_geoip(struct geoip **geoip)
{
    geoip_close(*geoip);
}

static void cleanup_descriptor(const int *descriptor)
{
    if (*descriptor >= 0)
        (void)close(*descriptor);
}

const char *geoip_stamp(const struct geoip *geoip)
{
    return geoip->stamp;
}

const char *geoip_words(const struct geoip *geoip)
{
    return geoip->words;
}

/* --- the copy --- */

static bool refuse(const char *path, const char *why, struct err *err)
{
    return err_set(err, ERR_INPUT, "%s: %s", path, why);
}

static bool write_all(int to, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t written = write(to, data, len);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            data += written;
            len -= (size_t)written;
        }
    }
    return true;
}

/* All of it, into `to` and the digest; false with errno. */
static bool copy_all(int from, int to, struct digest *digest)
{
    char part[65536];
    size_t sum = 0;
    for (;;) {
        ssize_t got = read(from, part, sizeof(part));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        sum += (size_t)got;
        if (sum > FILE_BYTES_MOST) {
            errno = EFBIG;
            return false;
        }
        digest_add(digest, part, (size_t)got);
        if (!write_all(to, part, (size_t)got))
            return false;
    }
}

/* A descriptor of the sealed copy, which the caller closes; -1 with *err. */
static int copy_file(const char *path, char ret_digest[DIGEST_SIZE], struct err *err)
{
    struct stat status;
    int from CLEANUP(cleanup_descriptor) = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int to CLEANUP(cleanup_descriptor) = memfd_create("mmdb", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    struct digest *digest = digest_start();
    bool regular = from >= 0 && fstat(from, &status) == 0 && S_ISREG(status.st_mode);
    bool done = regular && to >= 0 && digest != NULL && copy_all(from, to, digest) &&
                fcntl(to, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0;
    const char *why = from >= 0 && !regular ? "is no regular file" : strerror(errno);
    digest_end(digest, ret_digest);
    if (!done) {
        (void)err_set(err, ERR_SYSTEM, "cannot read the file of addresses %s: %s", path, why);
        return -1;
    }
    int copy = to;
    to = -1;
    return copy;
}

/* --- its records --- */

static bool is_code(const MMDB_entry_data_s *data, char ret[3])
{
    if (!data->has_data || data->type != MMDB_DATA_TYPE_UTF8_STRING || data->data_size != 2)
        return false;
    for (size_t i = 0; i < 2; i++) {
        char c = data->utf8_string[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
            return false;
        ret[i] = (char)(c >= 'a' ? c - 'a' + 'A' : c);
    }
    ret[2] = '\0';
    return true;
}

/* How the files in use name a country, the most exact first. */
static const char *const paths[][3] = {
    {"country", "iso_code", NULL}, {"country_code", NULL}, {"country", NULL}, {"registered_country", "iso_code", NULL}};

enum found { FOUND_DAMAGE, FOUND_NOTHING, FOUND_CODE };

static enum found entry_code(MMDB_entry_s *entry, char ret[3])
{
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        MMDB_entry_data_s data;
        int status = MMDB_aget_value(entry, &data, paths[i]);
        if (status == MMDB_SUCCESS && is_code(&data, ret))
            return FOUND_CODE;
        if (status != MMDB_SUCCESS && status != MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR)
            return FOUND_DAMAGE;
    }
    return FOUND_NOTHING;
}

/* Looks at one record of a node. */
static enum found check_record(uint8_t type, MMDB_entry_s entry)
{
    char code[3];
    if (type == MMDB_RECORD_TYPE_INVALID)
        return FOUND_DAMAGE;
    return type == MMDB_RECORD_TYPE_DATA ? entry_code(&entry, code) : FOUND_NOTHING;
}

static bool check_records(const struct geoip *geoip, const char *path, struct err *err)
{
    size_t codes = 0;
    for (uint32_t i = 0; i < geoip->file.metadata.node_count; i++) {
        MMDB_search_node_s node;
        if (MMDB_read_node(&geoip->file, i, &node) != MMDB_SUCCESS)
            return refuse(path, "its tree is damaged", err);
        enum found left = check_record(node.left_record_type, node.left_record_entry);
        enum found right = check_record(node.right_record_type, node.right_record_entry);
        if (left == FOUND_DAMAGE || right == FOUND_DAMAGE)
            return refuse(path, "one of its records is damaged", err);
        codes += (left == FOUND_CODE ? 1U : 0U) + (right == FOUND_CODE ? 1U : 0U);
    }
    return codes > 0 || refuse(path, "it names no country: take an MMDB file that has a country's code", err);
}

/* What stands in tags and in answers. False where the file's own words can not stand there. */
static bool describe(struct geoip *geoip, const char *digest)
{
    char day[DATE_TEXT_SIZE];
    const MMDB_metadata_s *metadata = &geoip->file.metadata;
    const char *type = metadata->database_type;
    uint64_t days = metadata->build_epoch / SECONDS_OF_DAY;
    size_t len = type == NULL ? 0 : strlen(type);
    for (size_t i = 0; i < len; i++)
        if (type[i] < ' ' || type[i] > '~')
            return false;
    if (len == 0 || len > 100 || days > 36500)
        return false;
    date_format((int32_t)days, day);
    (void)snprintf(geoip->stamp, sizeof(geoip->stamp), "%llu %s", (unsigned long long)metadata->build_epoch, digest);
    (void)snprintf(geoip->words, sizeof(geoip->words), "%.100s of %s", type, day);
    return true;
}

bool geoip_open(const char *path, struct geoip **ret, struct err *err)
{
    char digest[DIGEST_SIZE];
    char copied[64];
    struct geoip *geoip CLEANUP(cleanup_geoip) = calloc(1, sizeof(*geoip));
    if (geoip == NULL)
        return err_memory(err);
    int copy CLEANUP(cleanup_descriptor) = copy_file(path, digest, err);
    if (copy < 0)
        return false;
    (void)snprintf(copied, sizeof(copied), "/proc/self/fd/%d", copy);
    int status = MMDB_open(copied, MMDB_MODE_MMAP, &geoip->file);
    geoip->open = status == MMDB_SUCCESS;
    if (!geoip->open)
        return refuse(path, MMDB_strerror(status), err);
    if (!describe(geoip, digest))
        return refuse(path, "its description of itself is damaged", err);
    if (!check_records(geoip, path, err))
        return false;
    *ret = geoip;
    geoip = NULL;
    return true;
}

bool geoip_find(const struct geoip *geoip, const struct ip *ip, char ret[3])
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    int status = MMDB_SUCCESS;
    memcpy(&v4.sin_addr, ip->bytes, sizeof(v4.sin_addr));
    memcpy(&v6.sin6_addr, ip->bytes, sizeof(v6.sin6_addr));
    const void *address = ip->len == sizeof(v4.sin_addr) ? (const void *)&v4 : (const void *)&v6;
    MMDB_lookup_result_s result = MMDB_lookup_sockaddr(&geoip->file, address, &status);
    return status == MMDB_SUCCESS && result.found_entry && entry_code(&result.entry, ret) == FOUND_CODE;
}

#else

bool geoip_open(const char *path, struct geoip **ret, struct err *err)
{
    (void)ret;
    return err_set(err, ERR_USAGE, "%s: this program was built without libmaxminddb and can read no file of addresses",
                   path);
}

void geoip_close(struct geoip *geoip)
{
    (void)geoip;
}

const char *geoip_stamp(const struct geoip *geoip)
{
    (void)geoip;
    return "";
}

const char *geoip_words(const struct geoip *geoip)
{
    (void)geoip;
    return "";
}

bool geoip_find(const struct geoip *geoip, const struct ip *ip, char ret[3])
{
    (void)geoip, (void)ip, (void)ret;
    return false;
}

#endif
