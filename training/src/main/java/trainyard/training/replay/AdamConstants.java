package trainyard.training.replay;

/**
 * Constants of Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1), at its first step. The
 * GPU's kernel has the same ones.
 */
public final class AdamConstants {

    public static final float LEARNING_RATE = 1e-3f;
    public static final float BETA_1 = 0.9f;
    public static final float BETA_2 = 0.999f;
    public static final float EPSILON = 1e-8f;
    /** Learning rate times sqrt(1 - beta2) / (1 - beta1): the corrected rate of the first step. */
    public static final float FIRST_RATE = (float) (LEARNING_RATE * Math.sqrt(1 - BETA_2) / (1 - BETA_1));

    private AdamConstants() {}
}
