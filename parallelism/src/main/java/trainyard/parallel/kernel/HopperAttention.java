package trainyard.parallel.kernel;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;

/**
 * Fused attention on the H100 SXM in 16 bits, heads of 128, by the number of keys: rates printed in figures 5 and 6 of Shah et
 * al. 2024 (FlashAttention-3; clock held at 1,830 MHz, FlashAttention 2.5.8, cuDNN 9.1.1). Between the measured lengths rates
 * go straight over the logarithm, outside they stay. Causal attention was measured forward; backward it is taken to lose the
 * same share (assumed).
 */
enum HopperAttention {
    FLASH_2(new double[] {309, 350, 362, 368, 370, 370}, new double[] {191, 260, 298, 319, 333, 335}, new double[] {
        214, 260, 291, 310, 318, 322
    }),
    FLASH_3(new double[] {467, 565, 625, 638, 646, 648}, new double[] {292, 423, 521, 579, 602, 616}, new double[] {
        316, 424, 501, 542, 559, 561
    }),
    CUDNN(new double[] {497, 574, 617, 609, 600, 595}, new double[] {315, 410, 484, 518, 529, 539}, new double[] {
        305, 408, 465, 499, 518, 516
    });

    /** 16-bit rate of the data sheet, TFLOP/s. */
    static final double PEAK = 989;

    private static final double SHORTEST = 512;
    private static final double LONGEST = 16_384;

    private final UnivariateFunction forward;
    private final UnivariateFunction causal;
    private final UnivariateFunction backward;

    HopperAttention(double[] forward, double[] causal, double[] backward) {
        this.forward = byLength(forward);
        this.causal = byLength(causal);
        this.backward = byLength(backward);
    }

    private static UnivariateFunction byLength(double[] teraflops) {
        double[] doublings = new double[teraflops.length];
        for (int i = 0; i < doublings.length; i++) {
            doublings[i] = i;
        }
        return new LinearInterpolator().interpolate(doublings, teraflops);
    }

    /**
     * Share of the tensor-core peak in (0, 1), of the FLOPs that are needed: a causal kernel's tiles on the diagonal, which it
     * computes whole, count against it.
     *
     * @param keys tokens that a query may see, above 0
     */
    double share(boolean ofForward, boolean ofCausal, double keys) {
        double length = Math.max(SHORTEST, Math.min(LONGEST, keys));
        double doublings = Math.log(length / SHORTEST) / Math.log(2);
        double all = forward.value(doublings);
        double visible = ofCausal ? causal.value(doublings) : all;
        return (ofForward ? visible : backward.value(doublings) * visible / all) / PEAK;
    }
}
