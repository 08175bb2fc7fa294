package trainyard.training.calibration.fit;

import trainyard.sim.hash.Sha256;

/** Which jobs are kept out of a fit, so that its error can be told on what it never saw: a quarter, by a hash of their names. */
public final class HeldOut {

    private static final int DIGITS_OF_A_BYTE = 2;
    private static final int HEXADECIMAL = 16;
    private static final int ONE_OF = 4;

    private HeldOut() {}

    /** Whether a job is held out; the same on every machine. */
    public static boolean is(String name) {
        return Integer.parseInt(Sha256.of(name).substring(0, DIGITS_OF_A_BYTE), HEXADECIMAL) % ONE_OF == 0;
    }
}
