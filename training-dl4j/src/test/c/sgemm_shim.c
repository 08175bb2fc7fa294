// Stands in front of OpenBLAS's single-precision product and writes the sizes of each call to standard error: what DL4J's native
// library really asks of BLAS, to compare with what goes through ND4J's executioner.
//
//   gcc -shared -fPIC -o sgemm_shim.so sgemm_shim.c -ldl
//   LD_PRELOAD=./sgemm_shim.so java ... 2> calls.txt
//
// OpenBLAS is loaded for ND4J alone, so its library is looked for by name among those loaded.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

typedef void (*sgemm)(
    int, int, int, int, int, int, float, const float*, int, const float*, int, float, float*, int);

static int find(struct dl_phdr_info* library, size_t size, void* path) {
    const char* name = library->dlpi_name;
    if (!name || !strstr(name, "libopenblas") || strstr(name, "jni")) {
        return 0;
    }
    strncpy(path, name, 4095);
    return 1;
}

void cblas_sgemm(
        int order, int transA, int transB, int m, int n, int k, float alpha, const float* a, int lda, const float* b, int ldb,
        float beta, float* c, int ldc) {
    static sgemm real;
    if (!real) {
        char path[4096] = "";
        dl_iterate_phdr(find, path);
        real = (sgemm) dlsym(dlopen(path, RTLD_NOW), "cblas_sgemm");
    }
    fprintf(stderr, "sgemm %d %d %d\n", m, n, k);
    real(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}
