package trainyard.training.replay;

import java.util.Arrays;

/** Operations on windows of images. A window is written out by channel, row and column. */
final class ArrayWindows {

    private final Window window;

    private ArrayWindows(Window window) {
        this.window = window;
    }

    static void run(Kernel.Windows kernel, float[]... arrays) {
        ArrayWindows windows = new ArrayWindows(kernel.window());
        switch (kernel.operation()) {
            case IM2COL -> windows.im2col(arrays[0], arrays[1]);
            case COL2IM -> windows.col2im(arrays[0], arrays[1]);
            case MAX_POOL -> windows.maxPool(arrays[0], arrays[1]);
            case MAX_POOL_GRADIENT -> windows.maxPoolGradient(arrays[0], arrays[1], arrays[2]);
        }
    }

    private void im2col(float[] images, float[] columns) {
        for (int i = 0; i < window.columns(); i++) {
            int at = ofColumn(i);
            columns[i] = at < 0 ? 0 : images[at];
        }
    }

    private void col2im(float[] columns, float[] images) {
        Arrays.fill(images, 0, (int) window.inputs(), 0);
        for (int i = 0; i < window.columns(); i++) {
            int at = ofColumn(i);
            if (at >= 0) {
                images[at] += columns[i];
            }
        }
    }

    private void maxPool(float[] images, float[] outputs) {
        for (int i = 0; i < window.outputs(); i++) {
            int largest = largest(images, i);
            outputs[i] = largest < 0 ? 0 : images[largest];
        }
    }

    private void maxPoolGradient(float[] images, float[] gradient, float[] result) {
        Arrays.fill(result, 0, (int) window.inputs(), 0);
        for (int i = 0; i < window.outputs(); i++) {
            int largest = largest(images, i);
            if (largest >= 0) {
                result[largest] += gradient[i];
            }
        }
    }

    /** Where in the images the largest value of an output's window is, the first of equals; -1 if it lies in the padding. */
    private int largest(float[] images, int output) {
        int column = output % window.outWidth();
        int row = output / window.outWidth() % window.outHeight();
        int plane = output / window.outWidth() / window.outHeight();
        int best = -1;
        for (int i = 0; i < window.side() * window.side(); i++) {
            int at = at(plane, row, column, i / window.side(), i % window.side());
            if (at >= 0 && (best < 0 || images[at] > images[best])) {
                best = at;
            }
        }
        return best;
    }

    /** The element that an element of the windows written out stands for; rows are image, row, column of a window. */
    private int ofColumn(int index) {
        int inWindow = index % (window.side() * window.side());
        int channel = index / (window.side() * window.side()) % window.channels();
        int output = index / (window.side() * window.side() * window.channels());
        int column = output % window.outWidth();
        int row = output / window.outWidth() % window.outHeight();
        int image = output / window.outWidth() / window.outHeight();
        return at(image * window.channels() + channel, row, column, inWindow / window.side(), inWindow % window.side());
    }

    private int at(int plane, int outRow, int outColumn, int row, int column) {
        int y = outRow * window.stride() - window.padding() + row;
        int x = outColumn * window.stride() - window.padding() + column;
        boolean outside = y < 0 || y >= window.height() || x < 0 || x >= window.width();
        return outside ? -1 : (plane * window.height() + y) * window.width() + x;
    }
}
