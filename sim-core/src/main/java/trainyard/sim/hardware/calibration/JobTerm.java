package trainyard.sim.hardware.calibration;

import java.util.Locale;

/** What the time of a whole training iteration grows with. */
public enum JobTerm {
    /** Once per iteration. */
    ITERATION("fixed_s"),
    /** Layers with parameters. */
    LAYER("s_per_layer"),
    /** Steps of a recurrent layer, one after the other. */
    SEQUENCE_STEP("s_per_sequence_step"),
    /** Calls of a matrix product, whatever its size. */
    GEMM_CALL("s_per_gemm_call"),
    /** Floating-point operations of the matrix products; a multiply-add is two. */
    FLOP("s_per_flop"),
    /** Bytes of parameters, gradients and optimizer state that are read or written. */
    PARAMETER_BYTE("s_per_parameter_byte"),
    /** Values that Adam updates: each takes a division and a root besides its bytes. */
    ADAM_VALUE("s_per_adam_value"),
    /** Bytes of layer outputs. */
    ACTIVATION_BYTE("s_per_activation_byte"),
    /** Bytes of the matrices that convolutions are unrolled to. */
    IM2COL_BYTE("s_per_im2col_byte");

    private final String key;

    JobTerm(String key) {
        this.key = key;
    }

    /** What is counted, in words, such as {@code parameter bytes}. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ') + "s";
    }

    /** The key of its coefficient in a profile; the unit is in the name. */
    public String key() {
        return key;
    }
}
