package trainyard.parallel.model.feedforward;

import trainyard.sim.checks.Checks;

/**
 * What passes between operations for one image.
 *
 * @param channels values per pixel
 * @param height rows of pixels
 * @param width pixels of a row
 */
record FeatureMap(int channels, int height, int width) {

    FeatureMap {
        Checks.atLeast("channels", channels, 1);
        Checks.atLeast("height", height, 1);
        Checks.atLeast("width", width, 1);
    }

    double elements() {
        return (double) channels * pixels();
    }

    double pixels() {
        return (double) height * width;
    }

    FeatureMap withChannels(int other) {
        return new FeatureMap(other, height, width);
    }
}
