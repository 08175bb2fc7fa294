// The kernels of a training iteration that are no matrix products. Matrices are stored row by row, images by image, channel, row and
// column. The Java class ArrayDevice computes the same ones; a test compares them.
//
// Built to the text of PTX that stands beside the classes, by
//   nvcc -ptx -arch=compute_75 -O3 -o kernels.ptx kernels.cu
// The driver translates it for its GPU.

#define BLOCK_LOOP(index, length) \
    for (long index = blockIdx.x * (long) blockDim.x + threadIdx.x; index < (length); index += gridDim.x * (long) blockDim.x)

// Threads that work on one row of a softmax together. One where blocks are loops on a CPU.
#ifndef LANES
#define LANES 32
#endif

struct Window {
    int images, channels, height, width, side, stride, padding, outHeight, outWidth;
};

// Where in the images an element of a window lies; -1 in the padding.
__device__ inline long position(const Window& w, long plane, int outRow, int outColumn, int row, int column) {
    int y = outRow * w.stride - w.padding + row;
    int x = outColumn * w.stride - w.padding + column;
    return y < 0 || y >= w.height || x < 0 || x >= w.width ? -1 : (plane * w.height + y) * w.width + x;
}

// Where the largest element of a window lies, the first of equals; -1 if all of it is padding.
__device__ inline long largest(const Window& w, const float* images, long output) {
    int outColumn = output % w.outWidth;
    int outRow = output / w.outWidth % w.outHeight;
    long plane = output / w.outWidth / w.outHeight;
    long best = -1;
    for (int i = 0; i < w.side * w.side; i++) {
        long at = position(w, plane, outRow, outColumn, i / w.side, i % w.side);
        if (at >= 0 && (best < 0 || images[at] > images[best])) {
            best = at;
        }
    }
    return best;
}

#define UNARY(name, value) \
    extern "C" __global__ void name(const float* from, float* to, long length) { \
        BLOCK_LOOP(i, length) { \
            float x = from[i]; \
            to[i] = value; \
        } \
    }

#define BINARY(name, value) \
    extern "C" __global__ void name(const float* first, const float* second, float* to, long length) { \
        BLOCK_LOOP(i, length) { \
            float x = first[i]; \
            float y = second[i]; \
            to[i] = value; \
        } \
    }

extern "C" __global__ void nothing() {}

UNARY(copy, x)
UNARY(relu, fmaxf(x, 0.0f))
UNARY(tanh_of, tanhf(x))
UNARY(sigmoid, 1.0f / (1.0f + expf(-x)))
UNARY(log_of, logf(x))
UNARY(times_one_minus, x * (1.0f - x))
UNARY(scale, 0.5f * x)
BINARY(add, x + y)
BINARY(subtract, x - y)
BINARY(multiply, x * y)
BINARY(relu_gradient, x > 0.0f ? y : 0.0f)
BINARY(tanh_gradient, y * (1.0f - tanhf(x) * tanhf(x)))

extern "C" __global__ void add_bias(const float* from, const float* bias, float* to, int rows, int columns) {
    BLOCK_LOOP(i, (long) rows * columns) {
        to[i] = from[i] + bias[i % columns];
    }
}

// Each block of the second dimension sums some rows; the result must be zero before.
extern "C" __global__ void column_sum(const float* from, float* to, int rows, int columns) {
    BLOCK_LOOP(column, columns) {
        float sum = 0.0f;
        for (int row = blockIdx.y; row < rows; row += gridDim.y) {
            sum += from[row * (long) columns + column];
        }
        atomicAdd(to + column, sum);
    }
}

extern "C" __global__ void softmax(const float* from, float* to, int rows, int columns) {
    int lane = threadIdx.x % LANES;
    BLOCK_LOOP(thread, (long) rows * LANES) {
        const float* x = from + thread / LANES * columns;
        float* z = to + thread / LANES * columns;
        float top = -INFINITY;
        for (int i = lane; i < columns; i += LANES) {
            top = fmaxf(top, x[i]);
        }
        for (int apart = LANES / 2; apart > 0; apart /= 2) {
            top = fmaxf(top, __shfl_xor_sync(0xffffffffu, top, apart));
        }
        float sum = 0.0f;
        for (int i = lane; i < columns; i += LANES) {
            sum += expf(x[i] - top);
        }
        for (int apart = LANES / 2; apart > 0; apart /= 2) {
            sum += __shfl_xor_sync(0xffffffffu, sum, apart);
        }
        for (int i = lane; i < columns; i += LANES) {
            z[i] = expf(x[i] - top) / sum;
        }
    }
}

extern "C" __global__ void im2col(const float* images, float* columns, Window w) {
    int area = w.side * w.side;
    BLOCK_LOOP(i, (long) w.images * w.channels * w.outHeight * w.outWidth * area) {
        int inWindow = i % area;
        int channel = i / area % w.channels;
        long output = i / area / w.channels;
        int outColumn = output % w.outWidth;
        int outRow = output / w.outWidth % w.outHeight;
        long image = output / w.outWidth / w.outHeight;
        long at = position(w, image * w.channels + channel, outRow, outColumn, inWindow / w.side, inWindow % w.side);
        columns[i] = at < 0 ? 0.0f : images[at];
    }
}

// Each element of the images gathers from the windows that hold it.
extern "C" __global__ void col2im(const float* columns, float* images, Window w) {
    BLOCK_LOOP(i, (long) w.images * w.channels * w.height * w.width) {
        int x = i % w.width;
        int y = i / w.width % w.height;
        int channel = i / w.width / w.height % w.channels;
        long image = i / w.width / w.height / w.channels;
        float sum = 0.0f;
        for (int inWindow = 0; inWindow < w.side * w.side; inWindow++) {
            int fromTop = y + w.padding - inWindow / w.side;
            int fromLeft = x + w.padding - inWindow % w.side;
            int outRow = fromTop / w.stride;
            int outColumn = fromLeft / w.stride;
            bool within = fromTop >= 0 && fromLeft >= 0 && fromTop % w.stride == 0 && fromLeft % w.stride == 0
                && outRow < w.outHeight && outColumn < w.outWidth;
            if (within) {
                long output = (image * w.outHeight + outRow) * w.outWidth + outColumn;
                sum += columns[(output * w.channels + channel) * w.side * w.side + inWindow];
            }
        }
        images[i] = sum;
    }
}

extern "C" __global__ void max_pool(const float* images, float* outputs, Window w) {
    BLOCK_LOOP(i, (long) w.images * w.channels * w.outHeight * w.outWidth) {
        long at = largest(w, images, i);
        outputs[i] = at < 0 ? 0.0f : images[at];
    }
}

// The result must be zero before.
extern "C" __global__ void max_pool_gradient(const float* images, const float* gradient, float* result, Window w) {
    BLOCK_LOOP(i, (long) w.images * w.channels * w.outHeight * w.outWidth) {
        long at = largest(w, images, i);
        if (at >= 0) {
            atomicAdd(result + at, gradient[i]);
        }
    }
}

extern "C" __global__ void adam(
        const float* gradient, float* first, float* second, float* change, long length, float beta1, float beta2, float rate,
        float epsilon) {
    BLOCK_LOOP(i, length) {
        float g = gradient[i];
        first[i] = beta1 * first[i] + (1.0f - beta1) * g;
        second[i] = beta2 * second[i] + (1.0f - beta2) * g * g;
        change[i] = rate * first[i] / (sqrtf(second[i]) + epsilon);
    }
}

extern "C" __global__ void stream(const float* from, float* to, long reads, long writes) {
    BLOCK_LOOP(i, writes) {
        float sum = 0.0f;
        for (long j = i; j < reads; j += writes) {
            sum += from[j];
        }
        to[i] = sum;
    }
}
