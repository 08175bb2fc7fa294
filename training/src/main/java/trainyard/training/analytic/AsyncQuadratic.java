package trainyard.training.analytic;

import trainyard.sim.checks.Checks;

/**
 * Fully asynchronous SGD of P workers with equal exponential times on a {@link NoisyQuadraticSgd}: every push is from any of them with
 * the same chance, applies the gradient at what that worker had read, and the worker reads what it made. So {@code (w, x_1, ...,
 * x_P)} with the last reads x_i follows a random linear recursion with exact moments; P reads that are alike need four: E[w^2], E[w
 * x], E[x^2] and E[x x'] of two workers. Derived here; the mean alone is the implicit momentum of I. Mitliagkas et al. (arXiv
 * 1605.09774).
 *
 * @param workers P, at least 1
 * @param quadratic with the noise of one worker's gradient
 */
public record AsyncQuadratic(int workers, NoisyQuadraticSgd quadratic) {

    public AsyncQuadratic {
        Checks.atLeast("workers", workers, 1);
    }

    /** {@code 1 - 1/P}: momentum of a synchronous run whose mean moves alike, with learning rate {@code lr / P}. */
    public static double implicitMomentum(int workers) {
        Checks.atLeast("workers", workers, 1);
        return 1 - 1.0 / workers;
    }

    /** {@code (1 + sqrt(1 + 8 P)) / (2 P)}: the least learning rate times curvature whose mean square no longer converges. */
    public static double limit(int workers) {
        Checks.atLeast("workers", workers, 1);
        return (1 + Math.sqrt(1 + 8.0 * workers)) / (2.0 * workers);
    }

    /**
     * {@code 4 P - 2}: the least learning rate times curvature whose mean no longer converges. Far above {@link #limit}: a mean
     * trajectory hides that the variance blows up.
     */
    public static double meanLimit(int workers) {
        Checks.atLeast("workers", workers, 1);
        return 4.0 * workers - 2;
    }

    /** {@code lr sigma2 (1 + P a) / (lambda (2 + a - P a^2))}: E[w^2] in the long run; infinite from {@link #limit} on. */
    public double stationary() {
        double step = quadratic.step();
        return step >= limit(workers)
                ? Double.POSITIVE_INFINITY
                : quadratic.learningRate()
                        * quadratic.noiseVariance()
                        * (1 + workers * step)
                        / (quadratic.curvature() * (2 + step - workers * step * step));
    }

    /** {@code (1 + P a)(2 - a) / (2 + a - P a^2)}: {@link #stationary} over that of one worker. */
    public double floorRatio() {
        NoisyQuadraticSgd unit = new NoisyQuadraticSgd(quadratic.learningRate(), quadratic.curvature(), 1);
        return new AsyncQuadratic(workers, unit).stationary() / unit.stationary();
    }

    /** E[w] after n pushes: {@code w' = w - a x}, {@code x' = w' / P + (1 - 1/P) x}. */
    public double mean(double start, int pushes) {
        return after(start, pushes).mean;
    }

    /** E[w^2] after n pushes. */
    public double meanSquare(double start, int pushes) {
        return after(start, pushes).square;
    }

    private Moments after(double start, int pushes) {
        Checks.atLeast("pushes", pushes, 0);
        Moments moments = moments(start);
        for (int i = 0; i < pushes; i++) {
            moments.push();
        }
        return moments;
    }

    /** The moments at the start, to be moved on push by push. */
    Moments moments(double start) {
        Checks.finite("start", start);
        return new Moments(start);
    }

    /** Moments after so many pushes. */
    final class Moments {

        private final double share = 1.0 / workers;
        private final double step = quadratic.step();
        private final double noise = quadratic.learningRate() * quadratic.learningRate() * quadratic.noiseVariance();
        private double mean;
        private double read;
        private double square;
        private double withRead;
        private double readSquare;
        private double twoReads;

        private Moments(double start) {
            mean = start;
            read = start;
            square = start * start;
            withRead = square;
            readSquare = square;
            twoReads = square;
        }

        double square() {
            return square;
        }

        void push() {
            mean -= step * read;
            read = share * mean + (1 - share) * read;
            double next = square - 2 * step * withRead + step * step * readSquare + noise;
            double withOther = withRead - step * twoReads;
            // One worker has no other's read, and what stands for it would grow without end.
            twoReads = workers == 1 ? twoReads : 2 * share * withOther + (1 - 2 * share) * twoReads;
            withRead = share * next + (1 - share) * withOther;
            readSquare = share * next + (1 - share) * readSquare;
            square = next;
        }
    }
}
