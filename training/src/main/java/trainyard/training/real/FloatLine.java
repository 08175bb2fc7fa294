package trainyard.training.real;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Moves arrays of single precision over a line, each as one message. */
public final class FloatLine {

    private final DataInputStream in;
    private final DataOutputStream out;
    private final byte[] bytes;
    private final ByteBuffer buffer;

    /**
     * @param length of every array
     */
    public FloatLine(DataInputStream in, DataOutputStream out, int length) {
        this.in = in;
        this.out = out;
        bytes = new byte[length * Float.BYTES];
        buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    /**
     * Sends the values.
     *
     * @throws IOException if the other end is gone
     */
    public void send(float[] values) throws IOException {
        buffer.asFloatBuffer().put(values);
        out.write(bytes);
    }

    /**
     * Waits for as many values.
     *
     * @throws IOException if the other end is gone
     */
    public void receive(float[] values) throws IOException {
        in.readFully(bytes);
        buffer.asFloatBuffer().get(values);
    }
}
