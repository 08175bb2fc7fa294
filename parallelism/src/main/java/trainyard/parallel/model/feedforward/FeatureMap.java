package trainyard.parallel.model.feedforward;

import trainyard.parallel.model.Checks;

/**
 * What passes between operations for one image.
 *
 * @param channels values per pixel
 * @param height rows of pixels
 * @param width pixels of a row
 */
record FeatureMap(int channels, int height, int width) {

    FeatureMap {
        Checks.positive("channels", channels);
        Checks.positive("height", height);
        Checks.positive("width", width);
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
