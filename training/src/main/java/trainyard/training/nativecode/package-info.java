/**
 * The way to code that brings native libraries with it. {@link trainyard.training.nativecode.NativeModule} is the only place
 * that opens its jars, and only when it is asked for a service of theirs.
 */
package trainyard.training.nativecode;
