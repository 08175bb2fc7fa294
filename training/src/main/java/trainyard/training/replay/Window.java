package trainyard.training.replay;

/**
 * Square windows over images.
 *
 * @param images number of images
 * @param channels of each image
 * @param height of each channel
 * @param width of each channel
 * @param side of a window
 * @param stride from one window to the next, in both directions
 * @param padding zeros in front of the first row and column
 * @param outHeight windows from top to bottom
 * @param outWidth windows from left to right
 */
public record Window(
        int images,
        int channels,
        int height,
        int width,
        int side,
        int stride,
        int padding,
        int outHeight,
        int outWidth) {

    public Window {
        if (Math.min(Math.min(Math.min(images, channels), Math.min(height, width)), Math.min(side, stride)) < 1
                || padding < 0
                || Math.min(outHeight, outWidth) < 1) {
            throw new IllegalArgumentException("sizes of images and windows are 1 or more, padding 0 or more");
        }
    }

    /** Elements of the images. */
    public long inputs() {
        return (long) images * channels * height * width;
    }

    /** Windows times channels. */
    public long outputs() {
        return (long) images * channels * outHeight * outWidth;
    }

    /** Elements of all windows written out. */
    public long columns() {
        return outputs() * side * side;
    }
}
