/** The ordinary sign-in, and back to this page. */
export const SIGN_IN = "/accounts/login/?next=/field/";
/** For browsers that cannot keep anything: the form of the staff pages. */
export const PLAIN_FORM = "/visits/add/";
