// CUDA's driver, runtime and cuBLAS on the CPU, as far as the calibration calls them: memory of the GPU is memory of the host, blocks
// and threads are loops, and the kernels are compiled from their one source. It shows that calls, arguments and layouts are right;
// it says nothing about speed. PART says which library is built: 1 libcuda.so.1, 2 libcudart.so.13, 3 libcublas.so.13.
//
// EMULATED_GPUS is the number of GPUs (1), EMULATED_CAPABILITY their compute capability (9.0).

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <map>
#include <string>
#include <utility>

static const char* setting(const char* name, const char* otherwise) {
    const char* value = getenv(name);
    return value ? value : otherwise;
}

#if PART == 1

#define __global__
#define __device__
#define LANES 1
struct Indices {
    int x, y;
};
static Indices blockIdx, threadIdx, blockDim, gridDim;
static void atomicAdd(float* to, float value) {
    *to += value;
}
static float __shfl_xor_sync(unsigned, float value, int) {
    return value;
}
#include "../../cuda/kernels.cu"

template <typename... A, size_t... I>
static void call(void (*kernel)(A...), void** arguments, std::index_sequence<I...>) {
    kernel(*(typename std::decay<A>::type*) arguments[I]...);
}

template <typename... A>
static std::function<void(void**)> kernel(void (*function)(A...)) {
    return [function](void** arguments) { call(function, arguments, std::index_sequence_for<A...>{}); };
}

static std::map<std::string, std::function<void(void**)>>& kernels() {
    static std::map<std::string, std::function<void(void**)>> all = {
        {"nothing", kernel(nothing)}, {"copy", kernel(copy)}, {"relu", kernel(relu)}, {"tanh_of", kernel(tanh_of)},
        {"sigmoid", kernel(sigmoid)}, {"log_of", kernel(log_of)}, {"times_one_minus", kernel(times_one_minus)},
        {"scale", kernel(scale)}, {"add", kernel(add)}, {"subtract", kernel(subtract)}, {"multiply", kernel(multiply)},
        {"relu_gradient", kernel(relu_gradient)}, {"tanh_gradient", kernel(tanh_gradient)}, {"add_bias", kernel(add_bias)},
        {"column_sum", kernel(column_sum)}, {"softmax", kernel(softmax)}, {"im2col", kernel(im2col)},
        {"col2im", kernel(col2im)}, {"max_pool", kernel(max_pool)}, {"max_pool_gradient", kernel(max_pool_gradient)},
        {"adam", kernel(adam)}, {"stream", kernel(stream)}};
    return all;
}

extern "C" {
int cuInit(unsigned) {
    return 0;
}
int cuDeviceGetName(char* name, int length, int) {
    snprintf(name, length, "emulated GPU");
    return 0;
}
int cuGetErrorString(int, const char** text) {
    *text = "an error of the emulation";
    return 0;
}
int cuModuleLoadData(void** module, const void* image) {
    *module = strdup((const char*) image);
    return strstr((const char*) image, ".target sm_75") ? 0 : 218;
}
int cuModuleUnload(void* module) {
    free(module);
    return 0;
}
// A kernel is found if the text of PTX has it too.
int cuModuleGetFunction(void** function, void* module, const char* name) {
    auto found = kernels().find(name);
    std::string entry = std::string(".visible .entry ") + name + "(";
    if (found == kernels().end() || !strstr((const char*) module, entry.c_str())) {
        return 500;
    }
    *function = &found->second;
    return 0;
}
int cuLaunchKernel(
        void* function, unsigned gridX, unsigned gridY, unsigned, unsigned blockX, unsigned, unsigned, unsigned, void*,
        void** arguments, void**) {
    gridDim = {(int) gridX, (int) gridY};
    blockDim = {(int) blockX, 1};
    for (blockIdx.y = 0; blockIdx.y < gridDim.y; blockIdx.y++) {
        for (blockIdx.x = 0; blockIdx.x < gridDim.x; blockIdx.x++) {
            for (threadIdx.x = 0; threadIdx.x < blockDim.x; threadIdx.x++) {
                (*(std::function<void(void**)>*) function)(arguments);
            }
        }
    }
    return 0;
}
}

#elif PART == 2

static const int COMPUTE_CAPABILITY_MAJOR = 75, COMPUTE_CAPABILITY_MINOR = 76, MULTIPROCESSORS = 16;

extern "C" {
int cudaGetDeviceCount(int* count) {
    *count = atoi(setting("EMULATED_GPUS", "1"));
    return *count ? 0 : 100;
}
const char* cudaGetErrorString(int error) {
    return error == 100 ? "no CUDA-capable device is detected" : "an error of the emulation";
}
int cudaDeviceGetAttribute(int* value, int attribute, int) {
    const char* capability = setting("EMULATED_CAPABILITY", "9.0");
    switch (attribute) {
        case COMPUTE_CAPABILITY_MAJOR: *value = atoi(capability); return 0;
        case COMPUTE_CAPABILITY_MINOR: *value = atoi(strchr(capability, '.') + 1); return 0;
        case MULTIPROCESSORS: *value = 1; return 0;
        default: return 1;
    }
}
int cudaSetDevice(int device) {
    return device;
}
int cudaDriverGetVersion(int* version) {
    *version = 13000;
    return 0;
}
int cudaRuntimeGetVersion(int* version) {
    *version = 13000;
    return 0;
}
int cudaMemGetInfo(size_t* free, size_t* total) {
    *free = *total = (size_t) 1 << 30;
    return 0;
}
int cudaMalloc(void** pointer, size_t bytes) {
    *pointer = malloc(bytes);
    return *pointer ? 0 : 2;
}
int cudaFree(void* pointer) {
    free(pointer);
    return 0;
}
int cudaMallocHost(void** pointer, size_t bytes) {
    return cudaMalloc(pointer, bytes);
}
int cudaFreeHost(void* pointer) {
    return cudaFree(pointer);
}
int cudaMemset(void* pointer, int value, size_t bytes) {
    memset(pointer, value, bytes);
    return 0;
}
int cudaMemsetAsync(void* pointer, int value, size_t bytes, void*) {
    return cudaMemset(pointer, value, bytes);
}
int cudaMemcpyAsync(void* to, const void* from, size_t bytes, int, void*) {
    memcpy(to, from, bytes);
    return 0;
}
int cudaDeviceSynchronize() {
    return 0;
}
int cudaEventCreate(void** event) {
    *event = new timespec;
    return 0;
}
int cudaEventDestroy(void* event) {
    delete (timespec*) event;
    return 0;
}
int cudaEventRecord(void* event, void*) {
    clock_gettime(CLOCK_MONOTONIC, (timespec*) event);
    return 0;
}
int cudaEventSynchronize(void*) {
    return 0;
}
int cudaEventElapsedTime(float* milliseconds, void* begin, void* end) {
    timespec* b = (timespec*) begin;
    timespec* e = (timespec*) end;
    *milliseconds = (e->tv_sec - b->tv_sec) * 1e3 + (e->tv_nsec - b->tv_nsec) / 1e6;
    return 0;
}
}

#else

static const int BF16 = 14, TRANSPOSED = 1;

static float element(const void* values, int type, long index) {
    if (type != BF16) {
        return ((const float*) values)[index];
    }
    unsigned bits = (unsigned) ((const unsigned short*) values)[index] << 16;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static const char* at(const void* values, int type, long index) {
    return (const char*) values + index * (type == BF16 ? 2 : 4);
}

extern "C" {
int cublasCreate_v2(void** handle) {
    *handle = malloc(1);
    return 0;
}
int cublasDestroy_v2(void* handle) {
    free(handle);
    return 0;
}
int cublasGetVersion_v2(void*, int* version) {
    *version = 130000;
    return 0;
}
const char* cublasGetStatusString(int) {
    return "an error of the emulation";
}
// Column by column, as cuBLAS stores matrices.
int cublasGemmEx(
        void*, int opA, int opB, int m, int n, int k, const void* alpha, const void* a, int typeA, int columnA, const void* b,
        int typeB, int columnB, const void* beta, void* c, int, int columnC, int, int) {
    if (columnA < (opA == TRANSPOSED ? k : m) || columnB < (opB == TRANSPOSED ? n : k) || columnC < m) {
        return 7;
    }
    float factor = *(const float*) beta;
    for (int j = 0; j < n; j++) {
        for (int i = 0; i < m; i++) {
            double sum = 0;
            for (int l = 0; l < k; l++) {
                long inA = opA == TRANSPOSED ? l + (long) i * columnA : i + (long) l * columnA;
                long inB = opB == TRANSPOSED ? j + (long) l * columnB : l + (long) j * columnB;
                sum += (double) element(a, typeA, inA) * element(b, typeB, inB);
            }
            float* result = (float*) c + i + (long) j * columnC;
            *result = (float) (*(const float*) alpha * sum) + (factor == 0 ? 0 : factor * *result);
        }
    }
    return 0;
}
int cublasGemmStridedBatchedEx(
        void* handle, int opA, int opB, int m, int n, int k, const void* alpha, const void* a, int typeA, int columnA,
        long long nextA, const void* b, int typeB, int columnB, long long nextB, const void* beta, void* c, int typeC, int columnC,
        long long nextC, int batch, int compute, int algorithm) {
    for (int i = 0; i < batch; i++) {
        int status = cublasGemmEx(
            handle, opA, opB, m, n, k, alpha, at(a, typeA, i * nextA), typeA, columnA, at(b, typeB, i * nextB), typeB, columnB,
            beta, (float*) c + i * nextC, typeC, columnC, compute, algorithm);
        if (status) {
            return status;
        }
    }
    return 0;
}
}
#endif
