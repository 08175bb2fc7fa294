package trainyard.parallel.step.price;

import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.ModellingElement;

/** What kernels lose to exchanges that run beside them. */
public final class Contention {

    /**
     * What an exchange beside kernels costs them, as a share of its own time: Lee et al. 2025 ("Characterizing
     * compute-communication overlap in GPU-accelerated distributed deep learning", arXiv 2507.03114) measured kernels
     * 18.9 % slower on average while exchanges ran, so that in a second of exchange 1 / 1.189 seconds of work are done.
     */
    public static final double COST_OF_HIDDEN = 0.189 / 1.189;

    /**
     * What an exchange beside a matrix product costs, as a share of the exchange's own time: it takes multiprocessors and
     * memory bandwidth from the product, and both slow down. From the layer times of Korthikanti et al. 2022, table 4 (22B,
     * 8 A100): backward takes 11.9 ms without and 11.8 ms with sequence parallelism, of which kernels and exposed exchanges
     * explain 10.7 and 10.5 ms; the rest is 0.69 and 0.74 of the 1.7 ms of exchanges beside products.
     */
    private static final double COST_BESIDE_PRODUCT = 0.7;

    private Contention() {}

    /** Seconds that kernels lose to a second of exchange beside them; 0 where the model leaves that out. */
    static double costOfHidden(KernelModel kernels) {
        return kernels.counts(ModellingElement.OVERLAP_CONTENTION) ? COST_OF_HIDDEN : 0;
    }

    /** Seconds that a matrix product and an exchange beside it lose to a second of the latter. */
    static double costBesideProduct(KernelModel kernels) {
        return kernels.counts(ModellingElement.OVERLAP_CONTENTION) ? COST_BESIDE_PRODUCT : 0;
    }
}
