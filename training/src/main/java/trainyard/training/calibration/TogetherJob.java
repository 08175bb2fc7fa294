package trainyard.training.calibration;

import java.io.IOException;
import java.util.ServiceLoader;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.Work;
import trainyard.training.calibration.ring.RingAllReduce;

/**
 * The gradient of a job of a sweep, computed by several processes at the same time, which begin each repetition together, as in synchronous
 * training.
 */
public final class TogetherJob implements AutoCloseable {

    private final Running running;
    private final RingAllReduce ring;
    private final float[] word;

    private TogetherJob(Running running, RingAllReduce ring, int ranks) {
        this.running = running;
        this.ring = ring;
        this.word = new float[ranks];
    }

    /** A device by its word. */
    static CalibrationDevice device(String name) {
        return ServiceLoader.load(CalibrationDevice.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(device -> device.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Makes a job ready in this process. */
    static TogetherJob start(Session session, Work.Job job, RingAllReduce ring, int ranks) {
        return new TogetherJob(session.start(new Work.Gradient(job)), ring, ranks);
    }

    /**
     * Makes a job ready in this process, on a device that stays open until the process ends.
     *
     * @param device its word, such as {@code cpu}
     * @param job name of a job of a sweep
     */
    public static TogetherJob start(String device, String job, RingAllReduce ring, int ranks) {
        return start(device(device).open(), CalibrationSweep.job(job).orElseThrow(), ring, ranks);
    }

    /** Repeats it alone and untimed, at least so often and so long. */
    public void warmUp(int repetitions, long nanos) {
        long begin = System.nanoTime();
        for (int i = 0; i < repetitions || System.nanoTime() - begin < nanos; i++) {
            running.repeat();
        }
    }

    /**
     * What each repetition takes this process, in seconds. All processes must ask for as many.
     *
     * @throws IOException if a neighbour is gone
     */
    public double[] seconds(int repetitions) throws IOException {
        double[] seconds = new double[repetitions];
        for (int i = 0; i < seconds.length; i++) {
            ring.sum(word);
            seconds[i] = seconds();
        }
        return seconds;
    }

    /** What one repetition takes this process, in seconds, whatever the others do. */
    public double seconds() {
        long read = System.nanoTime();
        running.repeat();
        return (System.nanoTime() - read) / 1e9;
    }

    @Override
    public void close() {
        running.close();
    }
}
