package trainyard.faults.detect;

/** The last so many times between arrivals, with their mean and standard deviation. */
final class ArrivalWindow {

    private final double[] gaps;
    private int next;
    private int count;
    private double sum;
    private double squares;

    ArrivalWindow(int size) {
        gaps = new double[size];
    }

    /** Takes a time in, in place of the oldest where the window is full. */
    void add(double gap) {
        if (count == gaps.length) {
            sum -= gaps[next];
            squares -= gaps[next] * gaps[next];
        } else {
            count++;
        }
        gaps[next] = gap;
        sum += gap;
        squares += gap * gap;
        next = (next + 1) % gaps.length;
    }

    double mean() {
        return sum / count;
    }

    /** With n - 1; at least 0. */
    double standardDeviation() {
        return Math.sqrt(Math.max(0, (squares - sum * sum / count) / (count - 1)));
    }
}
