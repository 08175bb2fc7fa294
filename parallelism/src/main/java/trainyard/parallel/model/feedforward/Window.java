package trainyard.parallel.model.feedforward;

import trainyard.sim.checks.Checks;

/**
 * The pixels that one output pixel is made of.
 *
 * @param height rows
 * @param width pixels of a row
 * @param stride pixels between neighbouring windows
 * @param rowPadding rows added above and below the map
 * @param columnPadding pixels added left and right of it
 */
record Window(int height, int width, int stride, int rowPadding, int columnPadding) {

    Window {
        Checks.atLeast("window height", height, 1);
        Checks.atLeast("window width", width, 1);
        Checks.atLeast("stride", stride, 1);
        Checks.atLeast("padding", Math.min(rowPadding, columnPadding), 0);
    }

    static Window square(int side, int stride, int padding) {
        return new Window(side, side, stride, padding, padding);
    }

    /** Windows that keep the size of the map: odd sides, padded by half of them. */
    static Window same(int height, int width) {
        return new Window(height, width, 1, height / 2, width / 2);
    }

    FeatureMap output(FeatureMap input, int channels) {
        return new FeatureMap(
                channels,
                (input.height() + 2 * rowPadding - height) / stride + 1,
                (input.width() + 2 * columnPadding - width) / stride + 1);
    }

    int pixels() {
        return height * width;
    }
}
