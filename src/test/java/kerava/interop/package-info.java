/** What tests of several rooms need to compare Kerava with Python's Keras. */
package kerava.interop;
